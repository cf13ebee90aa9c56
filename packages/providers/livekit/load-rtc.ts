import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** LiveKit's client for Node. */
export type Rtc = typeof import('@livekit/rtc-node')

let loading: Promise<Rtc> | null = null

/** Loads the native client, tens of megabytes, on the first call: a Parlor without rooms never does. */
export function loadRtc(): Promise<Rtc> {
  loading ??= import('@livekit/rtc-node').then((rtc) => {
    quieten()
    return rtc
  })
  return loading
}

/** Lets go of what keeps the process alive. Nothing of the client can be used in this process afterwards. */
export async function disposeRtc(): Promise<void> {
  if (loading === null) return
  const { dispose } = await loading
  await dispose()
}

/**
 * The client writes lines of its own beside our log, at the level `debug` outside production, with identities in them. It offers
 * no setting for that, so its logger is taken from the file that makes it.
 */
function quieten(): void {
  const require = createRequire(import.meta.url)
  try {
    const { log } = require(join(dirname(require.resolve('@livekit/rtc-node')), 'log.cjs'))
    log.level = 'silent'
  } catch {
    // A version that is built otherwise is loud, and works.
  }
}
