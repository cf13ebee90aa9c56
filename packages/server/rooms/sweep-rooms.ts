import { createLookout, type LookoutContext } from './look-after-rooms.ts'

/** Looks after rooms and sessions again and again: nothing of it depends on what the media server says by itself. */
export interface Sweep {
  start(): void
  stop(): Promise<void>
  /** Something may have changed: looks soon. */
  nudge(): void
  /** What an operator should know of the media server; null where none is configured. */
  health(): string | null
}

const nudgeMs = 150
/** `room.auto_create` of LiveKit: then removing a room keeps nobody out. */
const opensRooms =
  'the media server opens rooms for anybody with a token, so an ended session can be joined again: run it with room.auto_create: false'

export function createSweep(context: LookoutContext): Sweep {
  const { ports } = context
  const lookout = createLookout(context)
  let isOpen: boolean | null = null
  let failures = 0
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | null = null
  let isStopped = true
  let isNudged = false

  function schedule(delayMs: number): void {
    if (isStopped) return
    clearTimeout(timer)
    timer = setTimeout(run, delayMs)
    timer.unref()
  }

  function run(): void {
    if (isStopped || running !== null) return
    isNudged = false
    running = sweep().finally(() => {
      running = null
      schedule(isNudged ? nudgeMs : pauseOf(context, failures))
    })
  }

  async function sweep(): Promise<void> {
    if (!ports.mayServe()) return
    try {
      await askWhoOpensRooms()
      if (await lookout.look()) isNudged = true
      if (failures > 0) ports.logger.info({}, 'rooms are looked after again')
      failures = 0
    } catch (err) {
      if (failures === 0) {
        ports.logger.warn({ err }, 'rooms cannot be looked after: the media server or the store fails')
      }
      failures += 1
      // Whatever comes back may be run otherwise.
      isOpen = null
    }
  }

  async function askWhoOpensRooms(): Promise<void> {
    if (isOpen !== null || ports.server === null) return
    isOpen = await ports.server.opensRoomsByItself()
    if (isOpen) ports.logger.error({}, opensRooms)
  }

  return {
    start() {
      if (!isStopped) return
      isStopped = false
      run()
    },
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await running
    },
    nudge() {
      isNudged = true
      if (running === null && failures === 0) schedule(nudgeMs * (0.5 + Math.random()))
    },
    health() {
      if (ports.server === null) return null
      if (failures > 0) return 'unreachable'
      return isOpen === true ? 'anybody with a token may open rooms: set room.auto_create to false' : 'ok'
    },
  }
}

/** Many nodes share the work, and none of them is to look at the same moment as the others. */
function pauseOf({ ports, timing }: LookoutContext, failures: number): number {
  const slower = Math.min(timing.sweepSlowMs, timing.sweepEveryMs * 2 ** failures)
  return slower * Math.max(1, ports.nodes()) * (0.75 + Math.random() / 2)
}
