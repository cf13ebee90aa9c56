import type { ServerEvent, TranscriptMessage } from '@parlor/protocol'
import { expect } from 'vitest'
import type { Visit } from './visit.ts'

/** The numbered events of what one connection was told. */
export function durable(events: readonly ServerEvent[]) {
  return events.flatMap((event) => ('seq' in event && event.type !== 'snapshot' ? [event] : []))
}

/** The responses whose answers were told, as often as they were. */
export function answered(events: readonly ServerEvent[]): number[] {
  return events.flatMap((event) => (event.type === 'message.end' ? [event.response] : []))
}

/** What a client that keeps nothing but its events would show. */
export function transcriptOf(events: readonly ServerEvent[]): Pick<TranscriptMessage, 'text' | 'role'>[] {
  const shown = new Map<string, Pick<TranscriptMessage, 'text' | 'role'>>()
  for (const event of events) {
    if (event.type === 'user.message') shown.set(event.id, { role: 'visitor', text: event.text })
    if (event.type === 'message.end') shown.set(event.id, { role: 'agent', text: event.text })
  }
  return [...shown.values()]
}

/** Whoever puts the pieces together by the rules of the protocol has the whole answer when it ends. */
export function expectWholeText(events: readonly ServerEvent[]): void {
  const texts = new Map<number, { text: string; last: number }>()
  for (const event of events) {
    if (event.type === 'message.delta') {
      const so = texts.get(event.response) ?? { text: '', last: -1 }
      if (event.replay) texts.set(event.response, { text: event.text, last: event.text === '' ? -1 : 0 })
      else if (event.i > so.last) texts.set(event.response, { text: so.text + event.text, last: event.i })
    }
    if (event.type === 'message.end' && !event.replay) expect(texts.get(event.response)?.text ?? '').toBe(event.text)
  }
}

export function isAnswered(events: readonly ServerEvent[], times = 1): boolean {
  return events.filter(({ type }) => type === 'message.end').length >= times
}

/** Waits until everything said before on this connection was heard and answered. */
export async function settled(visit: Visit): Promise<void> {
  const t = visit.events.length + 1e6
  visit.send({ type: 'ping', t })
  await visit.next('pong', (pong) => pong.t === t)
}

export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 2))
}
