import { createResampler, type Resampler, type Sound } from '../speech/index.ts'
import type { Mouth } from './face.ts'
import { mouthAtRest } from './mouth.ts'
import { followSound } from './mouth-fused.ts'
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

export interface LoanPorts {
  seat: Pick<RoomSeat, 'answerLoan'>
  line: SoundLine
  soundRate: number
}

export function openLoans({ seat, line, soundRate }: LoanPorts): Loans {
  /** In the order in which they are heard; the last may still be coming. */
  let loans: Loan[] = []

  const answer = (loan: Loan, isInterrupted: boolean) => {
    const playedMs = Math.round(Math.max(0, Math.min(line.heardMs(), loan.endMs()) - loan.beginMs()))
    seat.answerLoan(loan.identity, { type: 'finished', playedMs, isInterrupted })
  }
  const now = (): Loan | null => loans[0] ?? null

  return {
    lend(identity, sound) {
      const open = loans.find((loan) => loan.identity === identity && !loan.isWhole())
      if (sound === null) {
        if (!open) return
        open.end()
        return
      }
      const loan = open ?? beginLoan(identity, line, soundRate)
      if (!open) loans.push(loan)
      loan.take(sound)
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
        if (!loan.isTold && heard > loan.beginMs()) {
          loan.isTold = true
          seat.answerLoan(loan.identity, { type: 'started' })
        }
        // A hush may have cut it short.
        if (!loan.isWhole() || heard < Math.min(loan.endMs(), line.givenMs())) return
        loans.shift()
        answer(loan, false)
      }
    },
    isHeard: () => now() !== null,
    mouth: () => {
      const loan = now()
      return loan ? loan.mouthAt(line.heardMs()) : mouthAtRest
    },
    drop() {
      loans = []
    },
  }
}

/** One utterance of an agent, while it comes and until it was heard. */
interface Loan {
  identity: string
  /** Whether the agent is told that it is heard. */
  isTold: boolean
  take(sound: Sound): void
  /** No more comes. */
  end(): void
  isWhole(): boolean
  /** Its place in the line, as far as it came. */
  beginMs(): number
  endMs(): number
  mouthAt(lineMs: number): Mouth
}

function beginLoan(identity: string, line: SoundLine, soundRate: number): Loan {
  const track = followSound(null)
  let beginMs = line.givenMs()
  let endMs = beginMs
  let isWhole = false
  let resampler: { from: number; it: Resampler } | null = null

  const play = (samples: Int16Array) => {
    if (samples.length === 0) return
    const sound = { samples, rate: soundRate }
    if (endMs === beginMs) beginMs = line.givenMs()
    track.hear(sound)
    // Whoever lends is not slowed down here: the seat keeps what waits, and drops what is too much.
    line.play(sound).catch(() => {})
    endMs = line.givenMs()
  }
  const finish = () => {
    if (resampler) play(resampler.it.end())
    resampler = null
  }
  return {
    identity,
    isTold: false,
    take({ samples, rate }) {
      if (resampler !== null && resampler.from !== rate) finish()
      if (rate !== soundRate) resampler ??= { from: rate, it: createResampler(rate, soundRate) }
      play(resampler ? resampler.it.take(samples) : samples)
    },
    end() {
      finish()
      track.end()
      isWhole = true
    },
    isWhole: () => isWhole,
    beginMs: () => beginMs,
    endMs: () => endMs,
    mouthAt: (lineMs) => track.at(lineMs - beginMs),
  }
}
