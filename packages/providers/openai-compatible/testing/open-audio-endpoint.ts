import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request, whole, and whether the whole answer was out when the connection closed. */
export interface AudioAsked {
  path: string
  headers: IncomingMessage['headers']
  body: Buffer
  closed: Promise<'answered' | 'hung up on'>
}

/** What the endpoint does with one request. */
export type AudioAct = (response: ServerResponse, asked: AudioAsked) => unknown

/** A real endpoint for speech and transcription on a port of this machine; it does what `act` says, whatever is asked. */
export async function openAudioEndpoint(act: AudioAct) {
  const asked: AudioAsked[] = []
  const server = createServer(async (request, response) => {
    const closed = new Promise<'answered' | 'hung up on'>((resolve) => {
      response.on('close', () => resolve(response.writableFinished ? 'answered' : 'hung up on'))
    })
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const one = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks), closed }
    asked.push(one)
    server.emit('asked')
    await act(response, one)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    asked,
    /** Waits for the next request to be there, whole. */
    nextAsked: () => once(server, 'asked'),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The wish for speech in a request. */
export function wishIn({ body }: AudioAsked): Record<string, unknown> {
  return JSON.parse(body.toString('utf8'))
}

/** The fields and files of a multipart request. */
export function formIn({ body, headers }: AudioAsked): Promise<FormData> {
  const type = headers['content-type'] ?? ''
  return new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
}
