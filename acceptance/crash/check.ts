import type { Parlor } from '../harness/start-parlor.ts'
import type { MadeSession, Talker } from './promises.ts'

type StoredMessage = { id: string; role: string; text: string; response?: number }

/** What is broken, in sentences; empty when every promise holds. */
export async function checkSessions(parlor: Parlor, sessions: readonly MadeSession[]): Promise<string[]> {
  return (await inBatches(sessions, 32, (session) => checkSession(parlor, session))).flat()
}

async function checkSession(parlor: Parlor, session: MadeSession): Promise<string[]> {
  const { status, body, text } = await parlor.request('GET', `/v1/widget/sessions/${session.id}`)
  if (status !== 200) return [`session ${session.id} was acknowledged and is gone: ${status} ${text}`]
  const broken = Object.entries(session.fields)
    .filter(([name, wanted]) => JSON.stringify(body[name]) !== JSON.stringify(wanted))
    .map(([name]) => `session ${session.id} lost its ${name}: ${JSON.stringify(body[name])}`)
  const found = String(body.status)
  if (found !== wantedStatus(session, found)) broken.push(`session ${session.id} is ${found} (end: ${session.end})`)
  session.settled = found
  return broken
}

/** An end nobody acknowledged may or may not have happened, but not first the one and then the other. */
function wantedStatus({ end, settled }: MadeSession, found: string): string {
  if (end === 'acknowledged') return 'terminated'
  if (end === 'not_asked') return 'active'
  return settled === 'terminated' ? 'terminated' : found
}

/** What ended stays closed to visitors, and what lives lets them in. */
export async function checkTokens(parlor: Parlor, sessions: readonly MadeSession[]): Promise<string[]> {
  const findings = await inBatches(sessions, 8, async ({ id, token, end }) => {
    const socket = await parlor.connect()
    const code = await socket.hello(token).then(
      () => null,
      async () => (await socket.closed).code,
    )
    socket.terminate()
    const wanted = end === 'acknowledged' ? 4411 : null
    return code === wanted ? [] : [`the token of session ${id} (end: ${end}) was met with ${code}`]
  })
  return findings.flat()
}

/**
 * Reads a visitor's whole talk and compares it with what was acknowledged. Waits for the answer that may still be owed, and
 * writes down what turns out to be stored although nobody could say so.
 */
export async function checkTalk(parlor: Parlor, talker: Talker): Promise<string[]> {
  const { socket } = await parlor.visit(talker.token, { visitor: talker.visitor })
  const snapshot = await socket.waitFor('snapshot')
  const stored = [...(snapshot.messages as StoredMessage[])]
  if (stored.at(-1)?.role === 'visitor') {
    const { id, text, response } = await socket.waitFor('message.end')
    stored.push({ id: String(id), role: 'agent', text: String(text), response: Number(response) })
  }
  socket.terminate()
  await socket.closed
  return [...checkOrder(talker, stored), ...checkMessages(talker, stored)]
}

/** Question, answer, question, answer: nothing twice, nothing unanswered. */
function checkOrder({ visitor }: Talker, stored: readonly StoredMessage[]): string[] {
  const roles = stored.every(({ role }, index) => role === (index % 2 === 0 ? 'visitor' : 'agent'))
  const broken: string[] = []
  if (!roles || stored.length % 2 !== 0) {
    broken.push(`visitor ${visitor.id} was not answered once each time: ${stored.map(({ role }) => role[0]).join('')}`)
  }
  if (new Set(stored.map(({ id }) => id)).size !== stored.length)
    broken.push(`visitor ${visitor.id} has a message twice`)
  return broken
}

function checkMessages({ visitor, messages }: Talker, stored: readonly StoredMessage[]): string[] {
  return messages.flatMap((message) => {
    const at = stored.findIndex(({ id, role }) => id === message.id && role === 'visitor')
    if (at < 0) return message.isStored ? [`message ${message.id} of visitor ${visitor.id} is gone`] : []
    const broken = stored[at]?.text === message.text ? [] : [`message ${message.id} of ${visitor.id} changed`]
    const { id, text } = stored[at + 1] ?? { id: '', text: '' }
    const told = message.answer ?? { id, text }
    message.isStored = true
    message.answer = told
    const isSame = id === told.id && text === told.text && text !== ''
    return isSame ? broken : [...broken, `the answer to ${message.id} of visitor ${visitor.id} is not the one it was`]
  })
}

async function inBatches<T, R>(items: readonly T[], size: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  let next = 0
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) results.push(await work(items[index] as T))
  }
  await Promise.all(Array.from({ length: Math.min(size, items.length) }, worker))
  return results
}
