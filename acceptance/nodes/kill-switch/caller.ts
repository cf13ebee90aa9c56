import { Agent, request } from 'node:http'
import { site } from './orders.ts'
import { watchOwnLag } from './own-lag.ts'
import { monotonicMs, noteAccepted, noteFrameAt, noteMet, type WatchedSession } from './watched-session.ts'

const ownLagMs = watchOwnLag()
const agent = new Agent({ keepAlive: false })
const patienceMs = 8000

/** One call of a page with a chat session's token. Resolves when it is answered or given up. */
export function callOnce(session: WatchedSession, token: string, port: number): Promise<void> {
  const body = JSON.stringify({ model: 'any', messages: [{ role: 'user', content: 'What does a ticket cost?' }] })
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'gram-chat-session': token,
    origin: site,
  }
  const wasOver = session.returnedAt !== null
  const sentAt = monotonicMs()
  return new Promise((resolve) => {
    const done = (how: string) => {
      if (wasOver) noteMet(session, `call ${how}`)
      resolve()
    }
    const target = { agent, host: '127.0.0.1', port, method: 'POST', path: '/chat/completions', headers }
    const call = request(target, (response) => {
      response.resume()
      response.on('error', () => done('cut'))
      response.on('end', () => {
        if (response.statusCode === 200) {
          noteAccepted(session, sentAt)
          noteFrameAt(session, monotonicMs(), ownLagMs())
        }
        done(String(response.statusCode))
      })
    })
    call.setTimeout(patienceMs, () => call.destroy())
    call.on('error', () => done('cut'))
    call.end(body)
  })
}
