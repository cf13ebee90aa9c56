import { join } from 'node:path'
import { environment } from '../environment.ts'
import { findProgram } from '../testing/find-program.ts'
import { buildServer } from './build-server.ts'

export type FoundServer = { path: string } | { reason: string }

export interface ServerSearch {
  print?: (line: string) => void
  /** Whether to build although a build failed a moment ago. */
  isAgain?: boolean
  /** Where a Go toolchain may be: names on PATH, or paths. */
  goPlaces?: readonly string[]
}

/** The LiveKit that is built; a machine that has another one on its path takes that. */
const version = 'v1.13.5'

/**
 * Finds the media server of the tests: what `PARLOR_TEST_LIVEKIT` names, `livekit-server` on the path, the one built before, or
 * else builds one where there is a Go toolchain. That takes minutes, once for a machine; whoever asks meanwhile waits for it.
 */
export async function findServer(search: ServerSearch = {}): Promise<FoundServer> {
  const { print = () => {}, isAgain = false, goPlaces = ['go', '/usr/local/go/bin/go'] } = search
  const chosen = environment.testLiveKit()
  if (chosen !== undefined) {
    const path = findProgram(chosen)
    return path ? { path } : { reason: `PARLOR_TEST_LIVEKIT names ${chosen}, which does not run` }
  }
  const built = join(environment.cacheFolder(), `parlor/livekit-server/livekit-server-${version}`)
  const path = findProgram('livekit-server') ?? findProgram(built)
  if (path !== undefined) return { path }
  const go = goPlaces.map((place) => findProgram(place, ['version'])).find((each) => each !== undefined)
  if (go === undefined) return { reason: 'there is neither a livekit-server here nor Go to build one with' }
  return buildServer({ go, version, built, isAgain, print })
}
