/** How many frames a second are shown. */
export interface Pace {
  /** One was shown, this many milliseconds after its time or in the making. */
  shown(lateMs: number, now: number): void
  perSecond(isSpeaking: boolean): number
}

const rates = [20, 15, 10, 7, 5]
const atRest = 15
/**
 * A frame later than this is late. Sound is queued some hundred milliseconds ahead, so there is time to notice; a machine that
 * is merely busy is late by less.
 */
const lateMs = 45
const veryLateMs = 150
const strikesToFall = 4
/** One late frame now and then is forgiven. */
const strikesToWorry = 2
/** How long nothing may be late before it is tried a step faster; twice as long each time that fails. */
const patience = { leastMs: 2500, mostMs: 20_000 }

/** Falls step by step to 5 frames a second while the process runs late, so that sound does not suffer, and recovers. */
export function createPace(load: () => number = () => 0): Pace {
  let step = 0
  let strikes = 0
  let calmSince: number | null = null
  let raisedAt = Number.NEGATIVE_INFINITY
  let patienceMs = patience.leastMs

  const fall = (now: number) => {
    strikes = 0
    if (step === rates.length - 1) return
    step += 1
    if (now - raisedAt < patienceMs) patienceMs = Math.min(patienceMs * 2, patience.mostMs)
  }
  const rise = (now: number) => {
    step -= 1
    raisedAt = now
    calmSince = now
    if (step === 0) patienceMs = patience.leastMs
  }
  return {
    shown(late, now) {
      const worst = Math.max(late, load())
      if (worst > lateMs) {
        strikes += worst > veryLateMs ? 2 : 1
        if (strikes >= strikesToWorry) calmSince = null
        if (strikes >= strikesToFall) fall(now)
        return
      }
      strikes = Math.max(0, strikes - 0.5)
      calmSince ??= now
      if (step > 0 && now - calmSince >= patienceMs) rise(now)
    },
    perSecond: (isSpeaking) => Math.min(rates[step] ?? 5, isSpeaking ? 20 : atRest),
  }
}
