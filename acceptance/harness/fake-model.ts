import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { findFreePort } from './free-port.ts'

/** What the endpoint does with a request. */
export type Script =
  /** Says the words one by one and ends as it should; `pauseMs` lies between them. */
  | { does: 'says'; words: string[]; usage?: object | null; pauseMs?: number; finish?: 'stop' | 'length' }
  /** Says the words, then wants these tools called; `pieceLength` cuts what arrives into pieces, else each call is whole. */
  | Calls
  /** Writes the arguments of one call until nobody listens. */
  | { does: 'never ends calling'; name: string }
  /** Says the words, then nothing more; with no words it does not even answer. */
  | { does: 'hangs'; words?: string[] }
  /** Says the words, then drops the connection; with no words at once. */
  | { does: 'breaks off'; words?: string[] }
  /** Says the words, then ends its stream without having said that it is done. */
  | { does: 'stops short'; words: string[] }
  | { does: 'refuses'; status: number; headers?: Record<string, string> }
  /** Answers 200 with this body. */
  | { does: 'sends'; type: string; body: string }
  /** Says words until nobody listens. */
  | { does: 'never ends' }
  | { does: 'redirects'; to: string }

export interface SentMessage {
  role: string
  content: string
  tool_calls?: { id: string; type: 'function'; function: { name: string; arguments: string } }[]
  tool_call_id?: string
}

/** A tool a model wants called. */
export interface WantedCall {
  id?: string
  name: string
  /** JSON, or what a confused model takes for it. */
  arguments: string
}

export interface Calls {
  does: 'calls'
  words?: string[]
  calls: WantedCall[]
  /** In characters of the arguments. */
  pieceLength?: number
  pauseMs?: number
  usage?: object | null
  finish?: 'tool_calls' | 'stop' | 'length'
  /** What it does after the last piece instead of ending as it should. */
  then?: 'hangs' | 'breaks off' | 'stops short'
}

export interface ModelRequest {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: { model?: string; stream?: boolean; messages?: SentMessage[]; [field: string]: unknown }
  /** Resolves to whether the whole answer was out when the connection closed or the answer ended. */
  closed: Promise<'answered' | 'hung up on'>
}

/** A small OpenAI-compatible endpoint on a port of this machine that does as it is told. */
export interface FakeModel extends AsyncDisposable {
  baseUrl: string
  requests: ModelRequest[]
  /** Does this with every request from now on. */
  always(script: Script | ((request: ModelRequest) => Script)): void
  /** Does this with the next one only, before it goes on as always. */
  once(script: Script): void
  /** The request of this number, from 0, when it has come. */
  request(index: number): Promise<ModelRequest>
}

export async function startFakeModel(): Promise<FakeModel> {
  const requests: ModelRequest[] = []
  const waiting = new Set<() => void>()
  const queue: Script[] = []
  const sockets = new Set<Socket>()
  let usual: (request: ModelRequest) => Script = () => ({ does: 'says', words: ['Hello.'] })
  const server = createServer(async (incoming, response) => {
    const request = await readRequest(incoming, response)
    if (incoming.url?.endsWith('/models')) return void sendJson(response, { object: 'list', data: [{ id: 'fake' }] })
    requests.push(request)
    for (const look of waiting) look()
    await perform(queue.shift() ?? usual(request), request, response)
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  const port = await findFreePort()
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    always(script) {
      usual = typeof script === 'function' ? script : () => script
    },
    once: (script) => void queue.push(script),
    request: (index) =>
      new Promise((resolve) => {
        const look = () => {
          const found = requests[index]
          if (found === undefined) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      }),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function readRequest(incoming: IncomingMessage, response: ServerResponse): Promise<ModelRequest> {
  const closed = new Promise<'answered' | 'hung up on'>((resolve) => {
    response.on('close', () => resolve(response.writableFinished ? 'answered' : 'hung up on'))
  })
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString('utf8')
  const { method = '', url: path = '', headers } = incoming
  return { method, path, headers, body: text === '' ? {} : JSON.parse(text), closed }
}

async function perform(script: Script, request: ModelRequest, response: ServerResponse): Promise<void> {
  switch (script.does) {
    case 'says':
      if (request.body.stream === true) return streamWords(response, script)
      return void sendJson(response, {
        choices: [{ index: 0, message: { role: 'assistant', content: script.words.join('') }, finish_reason: 'stop' }],
      })
    case 'calls':
      if (request.body.stream === true) return callTools(response, script)
      return void sendJson(response, wholeAnswer(script))
    case 'never ends calling':
      sendCall(response, 0, { id: 'call-0', type: 'function', function: { name: script.name, arguments: '' } })
      return repeat(request, response, () =>
        sendCall(response, 0, { function: { arguments: '"and so on" '.repeat(20) } }),
      )
    case 'hangs':
      for (const word of script.words ?? []) say(response, word)
      return
    case 'breaks off':
      for (const word of script.words ?? []) say(response, word)
      // What was said leaves before the connection does.
      return void setTimeout(() => response.destroy(), 50)
    case 'stops short':
      for (const word of script.words) say(response, word)
      return void response.end()
    case 'refuses':
      // Some endpoints repeat what they were sent.
      response.writeHead(script.status, { 'content-type': 'application/json', ...script.headers })
      return void response.end(JSON.stringify({ error: { message: `Refused: ${JSON.stringify(request)}` } }))
    case 'sends':
      return void response.writeHead(200, { 'content-type': script.type }).end(script.body)
    case 'never ends':
      return repeat(request, response, () => say(response, 'and so on '.repeat(20)))
    case 'redirects':
      return void response.writeHead(307, { location: script.to }).end()
  }
}

/** Sends the same again and again, as fast as it is read, until nobody listens. */
async function repeat(request: ModelRequest, response: ServerResponse, sendOne: () => boolean): Promise<void> {
  while (!response.destroyed) {
    if (!sendOne()) await Promise.race([once(response, 'drain'), request.closed])
  }
}

async function callTools(response: ServerResponse, script: Calls): Promise<void> {
  const { words = [], calls, pieceLength = Number.POSITIVE_INFINITY, pauseMs = 0, usage = null } = script
  const rest = async () => pauseMs > 0 && (await wait(pauseMs))
  for (const word of words) {
    say(response, word)
    await rest()
  }
  for (const [index, { id = `call-${index}`, name, arguments: whole }] of calls.entries()) {
    const first = whole.slice(0, pieceLength)
    sendCall(response, index, { id, type: 'function', function: { name, arguments: first } })
    for (let at = first.length; at < whole.length; at += pieceLength) {
      await rest()
      sendCall(response, index, { function: { arguments: whole.slice(at, at + pieceLength) } })
    }
  }
  if (script.then === 'hangs') return
  // What was said leaves before the connection does.
  if (script.then === 'breaks off') return void setTimeout(() => response.destroy(), 50)
  if (script.then === 'stops short') return void response.end()
  send(response, { choices: [{ index: 0, delta: {}, finish_reason: script.finish ?? 'tool_calls' }] })
  if (usage !== null) send(response, { choices: [], usage })
  response.end('data: [DONE]\n\n')
}

function sendCall(response: ServerResponse, index: number, call: object): boolean {
  return send(response, { choices: [{ index: 0, delta: { tool_calls: [{ index, ...call }] }, finish_reason: null }] })
}

function wholeAnswer({ words = [], calls, usage, finish = 'tool_calls' }: Calls): object {
  const tool_calls = calls.map(({ id, name, arguments: text }, index) => ({
    id: id ?? `call-${index}`,
    type: 'function',
    function: { name, arguments: text },
  }))
  const message = { role: 'assistant', content: words.join('') || null, tool_calls }
  return { choices: [{ index: 0, message, finish_reason: finish }], ...(usage && { usage }) }
}

async function streamWords(response: ServerResponse, script: Extract<Script, { does: 'says' }>): Promise<void> {
  const { words, usage = null, pauseMs = 0, finish = 'stop' } = script
  for (const word of words) {
    say(response, word)
    if (pauseMs > 0) await wait(pauseMs)
  }
  send(response, { choices: [{ index: 0, delta: {}, finish_reason: finish }] })
  if (usage !== null) send(response, { choices: [], usage })
  response.end('data: [DONE]\n\n')
}

function say(response: ServerResponse, content: string): boolean {
  return send(response, { choices: [{ index: 0, delta: { content }, finish_reason: null }] })
}

function send(response: ServerResponse, chunk: object): boolean {
  if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream' })
  const whole = { id: 'fake', object: 'chat.completion.chunk', created: 1, model: 'fake', ...chunk }
  return response.write(`data: ${JSON.stringify(whole)}\n\n`)
}

function sendJson(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
