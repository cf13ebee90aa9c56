import { createServer, type ServerResponse } from 'node:http'

/** How the endpoint speaks from now on: the first word at once, each further one after a pause somewhere between the two. */
export interface Pace {
  words: number
  leastMs: number
  mostMs: number
}

export type Order = { do: 'speak'; pace: Pace } | { do: 'tell' }

export interface Told {
  port: number
  /** Processor time so far, in seconds. */
  busySeconds: number
}

/**
 * A model endpoint in a process of its own: OpenAI's streamed shape, with nothing behind it but timers. It costs about as little as an
 * endpoint can, so a real one is busier.
 */
export const word = ' word'
const chunk = frame({ content: word }, null)
const last = `${frame({}, 'stop')}data: ${JSON.stringify({ ...head(), choices: [], usage: { prompt_tokens: 40, completion_tokens: 40, total_tokens: 80 } })}\n\ndata: [DONE]\n\n`
let pace: Pace = { words: 8, leastMs: 0, mostMs: 0 }

const server = createServer((request, response) => {
  request.resume()
  request.on('end', () => speak(response, pace))
})
if (process.send !== undefined) {
  server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', tell)
  // It listens, so it would outlive whoever started it.
  process.once('disconnect', () => process.exit())
  process.on('message', (order: Order) => {
    if (order.do === 'speak') pace = order.pace
    tell()
  })
}

function tell(): void {
  const address = server.address()
  const { user, system } = process.cpuUsage()
  const told: Told = {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    busySeconds: (user + system) / 1e6,
  }
  process.send?.(told)
}

function speak(response: ServerResponse, { words, leastMs, mostMs }: Pace): void {
  let said = 0
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const next = () => {
    if (response.destroyed) return
    said += 1
    if (said > words) return void response.end(last)
    response.write(chunk)
    if (mostMs === 0) next()
    else setTimeout(next, Math.round(leastMs + Math.random() * (mostMs - leastMs)))
  }
  next()
}

function head(): object {
  return { id: 'chatcmpl-bench', object: 'chat.completion.chunk', created: 1, model: 'bench' }
}

function frame(delta: object, finish: string | null): string {
  return `data: ${JSON.stringify({ ...head(), choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
}
