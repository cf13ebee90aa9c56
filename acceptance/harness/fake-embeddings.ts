import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { findFreePort } from './free-port.ts'

/** A small OpenAI-compatible endpoint for embeddings on a port of this machine. */
export interface FakeEmbeddings extends AsyncDisposable {
  baseUrl: string
  /** Every text it was sent, in the order they came, with the key of its request. */
  texts: { text: string; model: string; authorization: string | undefined }[]
  /** What it does with a request from now on. */
  does: 'answers' | 'refuses' | 'hangs'
  /** What a text means to it, as two numbers. */
  meaning: (text: string) => [number, number]
  /** Nobody answers at its port any more. */
  close(): Promise<void>
}

export async function startFakeEmbeddings(): Promise<FakeEmbeddings> {
  const server = createServer((incoming, response) => void answer(fake, incoming, response))
  const port = await findFreePort()
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    server.closeAllConnections()
    if (server.listening) await new Promise((resolve) => server.close(resolve))
  }
  const fake: FakeEmbeddings = {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    texts: [],
    does: 'answers',
    meaning: () => [1, 1],
    close,
    [Symbol.asyncDispose]: close,
  }
  return fake
}

async function answer(fake: FakeEmbeddings, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const { model, input } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { model: string; input: string[] }
  const { authorization } = incoming.headers
  for (const text of input) fake.texts.push({ text, model, authorization })
  if (fake.does === 'hangs') return
  if (fake.does === 'refuses') return void response.writeHead(500).end(authorization)
  const data = input.map((text, index) => ({ object: 'embedding', index, embedding: fake.meaning(text) }))
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ object: 'list', data, model }))
}
