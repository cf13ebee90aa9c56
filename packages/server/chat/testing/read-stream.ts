import { request as httpRequest, type IncomingMessage } from 'node:http'

/** A stream of events as a client reads it, piece by piece. */
export interface ReadStream {
  status: number
  headers: IncomingMessage['headers']
  /** Everything that came so far. */
  text(): string
  /** Resolves when this stands in what came; rejects when the stream ends without it. */
  until(words: string): Promise<void>
  /** Resolves when the stream is over, to whether it came to its end. */
  over: Promise<'ended' | 'cut'>
  /** Stops reading and leaves what comes in the pipe. */
  pause(): void
  resume(): void
  leave(): void
}

/** Sends a request and resolves when the head of the answer is there; rejects when none comes. */
export function openStream(
  url: string,
  headers: Record<string, string>,
  body?: object,
): Promise<ReadStream> & { leave(): void } {
  const request = httpRequest(url, { method: body === undefined ? 'GET' : 'POST', headers, agent: false })
  const opened = new Promise<ReadStream>((resolve, reject) => {
    request.on('error', reject)
    request.on('response', (response) => resolve(readResponse(response, () => request.destroy())))
  })
  request.end(body === undefined ? undefined : JSON.stringify(body))
  return Object.assign(opened, { leave: () => void request.destroy() })
}

function readResponse(response: IncomingMessage, leave: () => void): ReadStream {
  let text = ''
  const looks = new Set<() => void>()
  const lookAll = () => {
    for (const look of looks) look()
  }
  response.setEncoding('utf8')
  response.on('data', (piece: string) => {
    text += piece
    lookAll()
  })
  let isOver = false
  const over = new Promise<'ended' | 'cut'>((resolve) => {
    response.on('error', () => {})
    response.on('close', () => {
      isOver = true
      resolve(response.complete ? 'ended' : 'cut')
      lookAll()
    })
  })
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: () => text,
    over,
    pause: () => void response.pause(),
    resume: () => void response.resume(),
    leave,
    until: (words) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const isThere = text.includes(words)
          if (!isThere && !isOver) return
          looks.delete(look)
          if (isThere) resolve()
          else reject(new Error(`the stream ended without ${JSON.stringify(words)}: ${text.slice(-500)}`))
        }
        looks.add(look)
        look()
      }),
  }
}

/** The frames of a turn stream. */
export function framesIn(text: string): { type: string; cursor: string; [field: string]: unknown }[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('data: {'))
    .map((line) => JSON.parse(line.slice(6)))
}
