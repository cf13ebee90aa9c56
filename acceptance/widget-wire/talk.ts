import type { LiveEvent, LiveSocket } from '../harness/socket.ts'
import type { Parlor } from '../harness/start-parlor.ts'

/** Sends a typed message and waits for the whole answer to it. */
export async function ask(socket: LiveSocket, id: string, text: string): Promise<LiveEvent> {
  socket.send({ type: 'user.text', id, text })
  const start = await socket.waitFor((event) => event.type === 'message.start' && event.reply_to === id)
  return socket.waitFor((event) => event.type === 'message.end' && event.response === start.response)
}

/** Sends an event and waits for the error that names its id. */
export function refusalOf(socket: LiveSocket, event: { type: string; id: string; [field: string]: unknown }) {
  socket.send(event)
  return socket.waitFor(({ type, ref }) => type === 'error' && ref === event.id)
}

/** The code a `hello` with this token is closed with. @throws Error when it is let in. */
export async function closeCodeOf(parlor: Parlor, token: string, origin?: string): Promise<number> {
  const socket = await parlor.connect(origin === undefined ? {} : { origin })
  const letIn = await socket.hello(token).then(
    () => true,
    () => false,
  )
  if (letIn) socket.terminate()
  if (letIn) throw new Error('The token was let in.')
  return (await socket.closed).code
}

/** What `GET` says of a session, which must be there. */
export async function readSession(parlor: Parlor, sessionId: string): Promise<Record<string, unknown>> {
  const { status, body, text } = await parlor.request('GET', `/v1/widget/sessions/${sessionId}`)
  if (status === 200) return body
  throw new Error(`The session was not read: ${text}`)
}
