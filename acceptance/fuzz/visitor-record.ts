import type { LiveEvent } from '../harness/socket.ts'
import { findMisshape } from './server-event-shape.ts'

/** All that one visitor was ever told, over all its connections. */
export interface VisitorRecord {
  resumeKey: string
  lastSeq: number
  /** What stood under each number. */
  told: Map<number, string>
  /** Acknowledged messages: id and text. */
  acknowledged: Map<string, string>
}

export type VisitorRecords = Map<string, VisitorRecord>

/** Listens to one connection and says what the server did wrong on it. */
export interface LineOracle {
  /** What `hello` said was seen last, if it said so. */
  claim(lastSeq: unknown): void
  hear(event: LiveEvent): void
  visitor(): { id: string; record: VisitorRecord } | null
}

/**
 * Numbers go up by one from where the connection began: after the snapshot, or after what the client said it had seen. The same
 * number is the same event on every connection of the visitor.
 */
export function judgeLine(records: VisitorRecords, fault: (what: string) => void): LineOracle {
  let visitor: { id: string; record: VisitorRecord } | null = null
  /** Null where the first number is not known beforehand. */
  let last: number | null = null
  let claimed: number | null = null
  const number = (event: LiveEvent, seq: number, { told }: VisitorRecord) => {
    if (last !== null && seq !== last + 1) fault(`${event.type} has the number ${seq} after ${last}`)
    last = seq
    const same = `${event.type} ${event.id ?? event.response ?? event.code} ${event.text ?? ''}`
    const before = told.get(seq)
    if (before !== undefined && before !== same) fault(`the number ${seq} was "${before}" and is "${same}" now`)
    told.set(seq, same)
  }
  const acknowledge = (id: string, text: string, { acknowledged }: VisitorRecord) => {
    const before = acknowledged.get(id)
    if (before !== undefined && before !== text) fault(`the message ${id} is acknowledged as another text`)
    acknowledged.set(id, text)
  }
  return {
    visitor: () => visitor,
    claim: (lastSeq) => {
      claimed = typeof lastSeq === 'number' ? lastSeq : null
    },
    hear: (event) => {
      const misshape = findMisshape(event)
      if (misshape !== null) return fault(misshape)
      if (event.type === 'error' && event.code === 'internal') fault(`an error of ours: ${JSON.stringify(event)}`)
      if (event.type === 'ready') {
        if (visitor !== null) fault('ready came twice')
        const { id, resume_key: resumeKey } = event.visitor as { id: string; resume_key: string }
        const record = records.get(id) ?? { resumeKey, lastSeq: 0, told: new Map(), acknowledged: new Map() }
        records.set(id, record)
        visitor = { id, record }
        if (!(event.resume as { gap: boolean }).gap) last = claimed
      } else if (event.type === 'snapshot') last = event.seq ?? 0
      if (visitor === null) {
        if (!['error', 'ended', 'pong'].includes(event.type)) fault(`${event.type} came before ready`)
        return
      }
      const { record } = visitor
      if (event.seq !== undefined && event.type !== 'snapshot') number(event, event.seq, record)
      record.lastSeq = Math.max(record.lastSeq, last ?? 0)
      if (event.type === 'user.message') acknowledge(String(event.id), String(event.text), record)
    },
  }
}
