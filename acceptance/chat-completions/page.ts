import { request as httpRequest, type IncomingMessage } from 'node:http'
import type { Answer } from '../harness/http-client.ts'
import type { Parlor } from '../harness/start-parlor.ts'

export const site = 'https://shop.example'

export interface Completion {
  id: string
  object: string
  model: string
  choices: {
    index: number
    message: { role: string; content: string | null; tool_calls?: ToolCall[]; citations: Citation[] }
    finish_reason: string
  }[]
  usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number }
  citations: Citation[]
}

export interface ToolCall {
  id: string
  type: 'function'
  function: { name: string; arguments: string }
}

export interface Citation {
  n: number
  title: string
  heading: string
  source: string
  url?: string
  passage?: string
}

export interface Refused {
  name: string
  timeout: boolean
  error: { message: string; type: string; code: string; param: string | null; reason?: string }
}

/** A page of {@link site} that talks to Parlor with a token and nothing else. */
export interface Page {
  token: string
  ask<Body = Completion>(body: object, headers?: Record<string, string>): Promise<Answer<Body>>
  get<Body = Record<string, unknown>>(path: string): Promise<Answer<Body>>
  post<Body = Record<string, unknown>>(path: string, body: object): Promise<Answer<Body>>
  /** Asks for a stream and resolves when the head of the answer is there. */
  stream(body: object, headers?: Record<string, string>): Promise<Stream>
  resume(chatId: string, after?: string): Promise<Stream>
  /** Ends the session the token is of; resolves when the ending call has answered. */
  revoke(): Promise<void>
}

/** A stream as it comes in. */
export interface Stream {
  status: number
  headers: IncomingMessage['headers']
  text(): string
  /** The JSON of all events so far. */
  events<Event = Record<string, unknown>>(): Event[]
  /** Resolves when this was said; rejects when the stream is over without it. */
  until(words: string): Promise<void>
  over: Promise<'ended' | 'cut'>
  leave(): void
  pause(): void
}

/** Makes a session on the backend's side and opens a page with its token. */
export async function openPage(parlor: Parlor, wish: { user_identifier?: string } = {}): Promise<Page> {
  const asBackend = { 'gram-key': parlor.key, 'gram-project': 'default' }
  const made = await parlor.request<{ client_token: string }>(
    'POST',
    '/rpc/chatSessions.create',
    { embed_origin: site, ...wish },
    asBackend,
  )
  const token = made.body.client_token
  parlor.secrets.add(token)
  const own = { 'x-api-key': undefined, 'gram-chat-session': token, origin: site }
  const open = (method: string, path: string, body?: object, headers: Record<string, string> = {}) =>
    openStream(parlor.port, method, path, { 'gram-chat-session': token, origin: site, ...headers }, body)
  return {
    token,
    ask: (body, headers) =>
      parlor.request('POST', '/chat/completions', { model: 'any', ...body }, { ...own, ...headers }),
    get: (path) => parlor.request('GET', path, undefined, own),
    post: (path, body) => parlor.request('POST', path, body, own),
    stream: (body, headers) => open('POST', '/chat/completions', { model: 'any', stream: true, ...body }, headers),
    resume: (chatId, after) =>
      open('GET', `/chat/turnstream?chat_id=${chatId}${after === undefined ? '' : `&after=${after}`}`),
    async revoke() {
      const path = `/rpc/chatSessions.revoke?token=${token}`
      const answer = await parlor.request('DELETE', path, undefined, asBackend)
      if (answer.status !== 204) throw new Error(`chatSessions.revoke answered ${answer.status}: ${answer.text}`)
    },
  }
}

export const user = (content: unknown) => ({ role: 'user', content })

function openStream(
  port: number,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: object,
): Promise<Stream> {
  const payload = body === undefined ? undefined : JSON.stringify(body)
  const all = { ...headers, ...(payload !== undefined && { 'content-type': 'application/json' }) }
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, method, path, headers: all, agent: false }, (response) =>
      resolve(readStream(response, () => request.destroy())),
    )
    request.on('error', reject)
    request.end(payload)
  })
}

function readStream(response: IncomingMessage, leave: () => void): Stream {
  let text = ''
  let isOver = false
  const looks = new Set<() => void>()
  const lookAll = () => {
    for (const look of [...looks]) look()
  }
  response.setEncoding('utf8')
  response.on('error', () => {})
  response.on('data', (piece: string) => {
    text += piece
    lookAll()
  })
  const over = new Promise<'ended' | 'cut'>((resolve) => {
    response.on('close', () => {
      isOver = true
      resolve(response.complete ? 'ended' : 'cut')
      lookAll()
    })
  })
  const until = (words: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        const isThere = text.includes(words)
        if (!isThere && !isOver) return
        looks.delete(look)
        if (isThere) resolve()
        else reject(new Error(`The stream ended without ${JSON.stringify(words)}: ${text.slice(-500)}`))
      }
      looks.add(look)
      look()
    })
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: () => text,
    events: () =>
      text
        .split('\n')
        .filter((line) => line.startsWith('data: {'))
        .map((line) => JSON.parse(line.slice('data: '.length))),
    until,
    over,
    leave,
    pause: () => void response.pause(),
  }
}

/** What the chunks of a streamed answer say together. */
export function wordsOf(stream: Stream): string {
  type Chunk = { choices?: { delta: { content?: string } }[] }
  return stream
    .events<Chunk>()
    .map(({ choices }) => choices?.[0]?.delta.content ?? '')
    .join('')
}
