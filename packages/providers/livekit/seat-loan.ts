import type { ByteStreamReader, LocalParticipant, Room } from '@livekit/rtc-node'
import type { RoomListener } from '@parlor/conversation/room'
import type { Rtc } from './load-rtc.ts'
import { openSampleReader } from './read-samples.ts'
import { topics } from './topics.ts'

/** Bytes of one utterance, which the client itself breaks off: five minutes of 24,000 samples a second, and some. */
export const mostLoanBytes = 16 * 1024 * 1024
const rates = { least: 8000, most: 48_000 }
/** Utterances of one agent that may wait for the one before. */
const mostWaiting = 4
/** An utterance that stands still is over. */
const longestPauseMs = 10_000

interface Lender {
  last: Promise<void>
  waiting: number
  /** How often it wanted silence: what began before is not told any more. */
  silences: number
  readers: Set<ByteStreamReader>
}

export interface SeatLoan {
  /** Begins to take calls; the client takes them only in a room that is joined. */
  open(person: LocalParticipant): void
}

/**
 * The avatar as voice and face of the customer's own agent, which sends its sound as byte streams, one for each utterance
 * (`realtime.md` A, "Photoreal path"). Whether somebody may lend is the listener's to judge, by the identity.
 */
export function openSeatLoan(rtc: Rtc, room: Room, listener: Pick<RoomListener, 'lent' | 'lentInterrupted'>): SeatLoan {
  const lenders = new Map<string, Lender>()
  const lenderOf = (identity: string): Lender => {
    const lender = lenders.get(identity) ?? { last: Promise.resolve(), waiting: 0, silences: 0, readers: new Set() }
    lenders.set(identity, lender)
    return lender
  }

  room.registerByteStreamHandler(topics.loan, (reader, { identity }) => {
    const format = readFormat(reader.info.attributes ?? {})
    const lender = lenderOf(identity)
    if (format === null || lender.waiting >= mostWaiting) return void reader.close()
    const { silences } = lender
    const isWanted = () => lender.silences === silences
    lender.waiting += 1
    lender.readers.add(reader)
    lender.last = lender.last.then(async () => {
      for await (const samples of readLoan(reader, format)) {
        if (!isWanted()) break
        listener.lent(identity, { samples, rate: format.rate })
      }
      lender.waiting -= 1
      lender.readers.delete(reader)
      if (isWanted()) listener.lent(identity, null)
    })
  })
  room.on(rtc.RoomEvent.ParticipantDisconnected, ({ identity }) => {
    // The client goes on waiting for the rest of what somebody who is gone was sending.
    stopReading(lenders.get(identity))
    lenders.delete(identity)
  })

  return {
    open(person) {
      person.registerRpcMethod(topics.loanCleared, async ({ callerIdentity }) => {
        const lender = lenderOf(callerIdentity)
        lender.silences += 1
        stopReading(lender)
        listener.lentInterrupted(callerIdentity)
        return 'ok'
      })
    },
  }
}

function stopReading(lender: Lender | undefined): void {
  for (const reader of lender?.readers ?? []) void reader.close()
}

interface Format {
  rate: number
  channels: 1 | 2
}

/** Null for sound nobody can play. */
function readFormat(attributes: Readonly<Record<string, string>>): Format | null {
  const rate = Number(attributes.sample_rate)
  const channels = Number(attributes.num_channels ?? 1)
  if (!Number.isInteger(rate) || rate < rates.least || rate > rates.most) return null
  return channels === 1 || channels === 2 ? { rate, channels } : null
}

/** Ends, and does not throw, where the stream ends, breaks off or stands still. */
async function* readLoan(reader: ByteStreamReader, { channels }: Format): AsyncGenerator<Int16Array> {
  const takeSamples = openSampleReader(channels)
  const giveUp = () => void reader.close()
  let late = setTimeout(giveUp, longestPauseMs)
  try {
    for await (const bytes of reader) {
      clearTimeout(late)
      const samples = takeSamples(bytes)
      if (samples.length > 0) yield samples
      late = setTimeout(giveUp, longestPauseMs)
    }
  } catch {
    // Broken off: its sender is gone, or it is longer than one may be.
  } finally {
    clearTimeout(late)
  }
}
