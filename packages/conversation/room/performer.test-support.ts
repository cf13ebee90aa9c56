import type { Sound } from '../speech/index.ts'
import type { Face, Frame, Pose } from './face.ts'
import { createPerformer, type Performer } from './performer.ts'
import type { LoanNews, RoomSeat } from './room-seat.ts'

export const soundRate = 8000

/** A room in which time passes only when told to, and sound is heard as it passes. */
export function openFakeRoom({ load }: { load?: () => number } = {}) {
  const time = openFakeTime()
  const { now, timers } = time
  const { seat, release, ...seen } = openFakeSeat(now)
  let drawingMs = 0
  const face: Face = {
    size: 2,
    draw: (pose) => {
      time.pass(drawingMs)
      return seen.frameOf(pose)
    },
  }
  const performer: Performer = createPerformer({ seat, face, soundRate, now, timers, ...(load && { load }) })
  return {
    ...seen,
    performer,
    now,
    last: () => seen.shown.at(-1)?.pose as Pose,
    timersLeft: time.left,
    /** How late every timer is from now on. */
    beLate: time.beLate,
    /** How long every drawing takes from now on. */
    drawFor: (ms: number) => {
      drawingMs = ms
    },
    /** Lets time pass; the poses that were shown in it. */
    async run(ms: number) {
      const from = now()
      await time.run(ms, release)
      return seen.shown.filter(({ at }) => at > from && at <= from + ms).map(({ pose }) => pose)
    },
  }
}

type Seat = Pick<RoomSeat, 'show' | 'play' | 'queuedMs' | 'hush' | 'setManner' | 'answerLoan'>

function openFakeSeat(now: () => number) {
  const shown: { at: number; pose: Pose }[] = []
  const manners: string[] = []
  const news: { identity: string; news: LoanNews }[] = []
  const poses = new Map<Frame, Pose>()
  const counts = { hushed: 0, played: 0 }
  let soundEnds = 0
  let waiting: { resolve: () => void; atMs: number }[] = []
  const queuedMs = () => Math.max(0, soundEnds - now())
  const release = () => {
    for (const { resolve, atMs } of waiting) if (atMs <= now()) resolve()
    waiting = waiting.filter(({ atMs }) => atMs > now())
  }
  const seat: Seat = {
    show: (frame) => shown.push({ at: now(), pose: poses.get(frame) as Pose }),
    play: ({ samples, rate }) => {
      if (rate !== soundRate) throw new RangeError(`not ${rate}`)
      counts.played += 1
      soundEnds = Math.max(soundEnds, now()) + (samples.length / rate) * 1000
      if (queuedMs() < 1000) return Promise.resolve()
      return new Promise((resolve) => waiting.push({ resolve, atMs: soundEnds - 1000 }))
    },
    queuedMs,
    hush: () => {
      counts.hushed += 1
      soundEnds = now()
      for (const { resolve } of waiting) resolve()
      waiting = []
    },
    setManner: (manner) => manners.push(manner),
    answerLoan: (identity, told) => news.push({ identity, news: told }),
  }
  const frameOf = (pose: Pose): Frame => {
    const frame = { data: new Uint8Array(6), width: 2, height: 2 }
    poses.set(frame, pose)
    return frame
  }
  return { seat, release, frameOf, shown, manners, news, hushed: () => counts.hushed, played: () => counts.played }
}

function openFakeTime() {
  let time = 0
  let late = 0
  let timers: { at: number; work: () => void }[] = []
  return {
    now: () => time,
    left: () => timers.length,
    pass: (ms: number) => {
      time += ms
    },
    beLate: (ms: number) => {
      late = ms
    },
    timers: {
      after: (delayMs: number, work: () => void) => {
        const timer = { at: time + delayMs, work }
        timers.push(timer)
        return () => {
          timers = timers.filter((other) => other !== timer)
        }
      },
    },
    /** Runs in steps of five milliseconds; whatever waits for nothing but promises runs in between. */
    async run(ms: number, eachStep: () => void) {
      const until = time + ms
      await new Promise(setImmediate)
      while (time < until) {
        time = Math.min(until, time + 5)
        eachStep()
        for (let next = nextOf(); next && time < until + 1; next = nextOf()) {
          timers = timers.filter((timer) => timer !== next)
          next.work()
        }
        await new Promise(setImmediate)
      }
    },
  }
  function nextOf() {
    return timers.filter(({ at }) => at + late <= time).sort((a, b) => a.at - b.at)[0]
  }
}

/** A hum this loud, of 32,768. */
export function hum(ms: number, loudness = 6000): Sound {
  const samples = Int16Array.from({ length: (ms * soundRate) / 1000 }, (_, at) => loudness * Math.sin(at / 5))
  return { samples, rate: soundRate }
}

export const hush = (ms: number): Sound => hum(ms, 0)

export async function* sounding(...sounds: Sound[]): AsyncGenerator<Sound> {
  yield* sounds
}
