import { once } from 'node:events'
import { createServer } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

export const toneRate = 24_000
const hertz = 220
const loudness = 9000

/** A speech endpoint whose every sentence is one long tone: whatever is not tone was lost on the way. */
export async function startToneEndpoint(secondsOfTone: number): Promise<{ url: string; close(): void }> {
  const samples = new Int16Array(toneRate * secondsOfTone)
  for (let at = 0; at < samples.length; at++) samples[at] = loudness * Math.sin((2 * Math.PI * hertz * at) / toneRate)
  const pieces = 20
  const bytes = Buffer.from(samples.buffer)
  const server = createServer(async (request, response) => {
    request.resume()
    response.writeHead(200, { 'content-type': 'audio/pcm' })
    // As an endpoint does that is some times faster than speech.
    for (let piece = 0; piece < pieces && !response.destroyed; piece++) {
      response.write(bytes.subarray((bytes.length / pieces) * piece, (bytes.length / pieces) * (piece + 1)))
      await wait(20)
    }
    response.end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { url: `http://127.0.0.1:${port}/v1`, close: () => void server.close() }
}
