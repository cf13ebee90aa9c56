import { createResampler, type Resampler, type Sound } from '../speech/index.ts'
import type { Mouth } from './face.ts'
import { mouthAtRest } from './mouth.ts'
import { followSound, type HeardMouth } from './mouth-fused.ts'
import type { SoundLine } from './performer-line.ts'
import type { RoomSeat } from './room-seat.ts'

/** What is said with the voice of agents of the customer's own. */
export interface Loans {
  lend(identity: string, sound: Sound | null): void
  interrupt(identity: string): void
  /** Tells the agents what became of their utterances by now. */
  tell(): void
  isHeard(): boolean
  mouth(): Mouth
  /** Forgets all; nobody is told. */
  drop(): void
}

interface Loan {
  identity: string
  track: HeardMouth
  /** Its place in the line. */
  beginMs: number
  endMs: number
  resampler: { from: number; it: Resampler } | null
  isWhole: boolean
  isTold: boolean
}

export interface LoanPorts {
  seat: Pick<RoomSeat, 'answerLoan'>
  line: SoundLine
  soundRate: number
}

export function openLoans({ seat, line, soundRate }: LoanPorts): Loans {
  /** In the order in which they are heard; the last may still be coming. */
  let loans: Loan[] = []

  const play = (loan: Loan, samples: Int16Array) => {
    if (samples.length === 0) return
    const sound = { samples, rate: soundRate }
    if (loan.endMs === loan.beginMs) loan.beginMs = line.givenMs()
    loan.track.hear(sound)
    // Whoever lends is not slowed down here: the seat keeps what waits, and drops what is too much.
    line.play(sound).catch(() => {})
    loan.endMs = line.givenMs()
  }
  const take = (loan: Loan, { samples, rate }: Sound) => {
    if (loan.resampler !== null && loan.resampler.from !== rate) finish(loan)
    if (rate !== soundRate) loan.resampler ??= { from: rate, it: createResampler(rate, soundRate) }
    play(loan, loan.resampler ? loan.resampler.it.take(samples) : samples)
  }
  const finish = (loan: Loan) => {
    if (loan.resampler) play(loan, loan.resampler.it.end())
    loan.resampler = null
  }
  const answer = (loan: Loan, isInterrupted: boolean) => {
    const playedMs = Math.round(Math.max(0, Math.min(line.heardMs(), loan.endMs) - loan.beginMs))
    seat.answerLoan(loan.identity, { type: 'finished', playedMs, isInterrupted })
  }
  const now = (): Loan | null => loans[0] ?? null

  return {
    lend(identity, sound) {
      const open = loans.find((loan) => loan.identity === identity && !loan.isWhole)
      if (sound === null) {
        if (!open) return
        finish(open)
        open.track.end()
        open.isWhole = true
        return
      }
      const loan = open ?? beginLoan(identity, line.givenMs())
      if (!open) loans.push(loan)
      take(loan, sound)
    },
    interrupt(identity) {
      const mine = loans.filter((loan) => loan.identity === identity)
      if (mine.length === 0) return
      loans = loans.filter((loan) => loan.identity !== identity)
      line.hush()
      for (const loan of mine) answer(loan, true)
    },
    tell() {
      for (let loan = now(); loan; loan = now()) {
        const heard = line.heardMs()
        if (!loan.isTold && heard > loan.beginMs) {
          loan.isTold = true
          seat.answerLoan(loan.identity, { type: 'started' })
        }
        // A hush may have cut it short.
        if (!loan.isWhole || heard < Math.min(loan.endMs, line.givenMs())) return
        loans.shift()
        answer(loan, false)
      }
    },
    isHeard: () => now() !== null,
    mouth: () => {
      const loan = now()
      return loan ? loan.track.at(line.heardMs() - loan.beginMs) : mouthAtRest
    },
    drop() {
      loans = []
    },
  }
}

function beginLoan(identity: string, at: number): Loan {
  return {
    identity,
    track: followSound(null),
    beginMs: at,
    endMs: at,
    resampler: null,
    isWhole: false,
    isTold: false,
  }
}
