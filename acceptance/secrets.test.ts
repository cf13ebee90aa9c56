import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Parlor, type SessionAnswer, startParlor } from './harness/start-parlor.ts'

const widgetDist = fileURLToPath(new URL('../packages/widget/dist', import.meta.url))

const secret = () => randomBytes(24).toString('hex')
const installation = { PARLOR_SECRET: secret(), PARLOR_METRICS_TOKEN: secret() }
/** Words that occur nowhere else, so that finding them means that somebody's words were found. */
const said = {
  question: `zebrawort${secret()}`,
  metadata: `kundennummer${secret()}`,
  document: `hausordnung${secret()}`,
  greeting: `willkommen${secret()}`,
}
/** Not ours, but perhaps one letter away from somebody's. */
const mistyped = { key: `sk_test_${secret()}`, resumeKey: randomBytes(16).toString('hex'), token: `eyJ${secret()}` }

let parlor: Parlor
let session: SessionAnswer
let frameBodies: string[]

beforeAll(async () => {
  parlor = await startParlor({ env: { ...installation, PARLOR_LOG_LEVEL: 'trace' } })
  session = await useEverything()
  frameBodies = await fetchWhatBrowsersGet()
  await misuseEverything()
  await parlor.endSession(session.session_id)
  await parlor.stop()
})
afterAll(() => parlor[Symbol.asyncDispose]())

async function useEverything(): Promise<SessionAnswer> {
  const agentId = await parlor.createAgent({
    documents: [{ name: 'house.md', text: `# House rules\n\nThe word of the day is ${said.document}.\n` }],
    greeting: said.greeting,
  })
  const made = await parlor.createSession(agentId, { user_metadata: { customer: said.metadata } })
  const { socket, ready } = await parlor.visit(made.session_token)
  socket.send({ type: 'user.text', id: 'q1', text: `What is the word of the day? ${said.question}` })
  await socket.waitFor('message.end')
  socket.terminate()
  const back = await parlor.visit(made.session_token, { visitor: ready.visitor, resume: { last_seq: 1 } })
  back.socket.close()
  await parlor.request('GET', '/metrics', undefined, { authorization: `Bearer ${installation.PARLOR_METRICS_TOKEN}` })
  await parlor.request('GET', `/v1/widget/sessions/${made.session_id}`)
  return made
}

async function fetchWhatBrowsersGet(): Promise<string[]> {
  const page = await parlor.request('GET', `/embed?session=${session.session_id}`, undefined, nobody)
  const others = ['/embed.js', '/embed.json', `/embed/check?session=${session.session_id}`, ...linksOf(page.text)]
  const answers = await Promise.all(others.map((path) => parlor.request('GET', path, undefined, nobody)))
  return [page, ...answers].map(({ text }) => text)
}

const nobody = { 'x-api-key': undefined }

function linksOf(page: string): string[] {
  return [...page.matchAll(/(?:src|href)="([^"]+)"/g)]
    .map((match) => match[1] ?? '')
    .filter((link) => link.startsWith('/'))
}

/** Every secret where it does not belong: in addresses, in wrong headers, in broken bodies, with wrong company. */
async function misuseEverything(): Promise<void> {
  const token = session.session_token
  const misplaced = [token, parlor.key, mistyped.key, mistyped.token]
  for (const one of misplaced) {
    await parlor.request('GET', `/v1/widget/sessions/${one}`)
    await parlor.request('GET', `/v1/widget/sessions?token=${one}`)
    await parlor.request('GET', `/embed?session=${one}`, undefined, nobody)
    await parlor.request('GET', `/embed/check?session=${one}&token=${one}`, undefined, nobody)
    await parlor.request('GET', `/nowhere/${one}?key=${one}`)
    await parlor.request('GET', '/v1/agentic-avatars', undefined, { 'x-api-key': one })
    await parlor.request('GET', '/v1/agentic-avatars', undefined, { ...nobody, authorization: `Bearer ${one}` })
    await parlor.request('POST', '/v1/widget/sessions', `{"agentic_avatar_id":"${one}`, {
      'content-type': 'application/json',
    })
    await parlor.request('POST', '/v1/widget/sessions', { agentic_avatar_id: one, allowed_domains: [one] })
    await parlor.request('GET', '/metrics', undefined, { authorization: `Bearer ${one}` })
    await refusedHello({ v: 1, token: one, session: one, locale: one })
  }
  await refusedHello({ v: 1, token, visitor: { id: session.session_id, resume_key: mistyped.resumeKey } })
  await refusedHello({ v: 1, token, session: 'another' }, parlor.url)
}

async function refusedHello(hello: object, origin = 'https://somewhere.example'): Promise<void> {
  const socket = await parlor.connect({ origin })
  socket.send({ type: 'hello', ...hello })
  await Promise.race([socket.closed, socket.waitFor('ready')]).catch(() => {})
  socket.terminate()
}

function credentials(): string[] {
  return [...parlor.secrets, ...Object.values(installation), ...Object.values(mistyped)]
}

/** A token is also given away by its signature alone, and a long secret by its half. */
function findAny(haystack: string, needles: string[]): string[] {
  return needles.filter((needle) => {
    const [, , signature] = needle.split('.')
    return haystack.includes(needle) || haystack.includes(signature ?? needle.slice(0, Math.ceil(needle.length / 2)))
  })
}

test('no key, token or resume key, and nothing a person said, is in anything the server printed', () => {
  const output = parlor.output()
  expect(output).toContain('live hello refused')
  expect(output.split('\n').filter((line) => line.includes('"request"')).length).toBeGreaterThan(40)
  expect(parlor.secrets.size).toBeGreaterThanOrEqual(3)
  expect(findAny(output, [...credentials(), ...Object.values(said)])).toEqual([])
})

test('no key, token or resume key is in what the store keeps', async () => {
  const held = await parlor.store.readAll()
  // The needle is found where it is: what was said is kept.
  expect(findAny(held, [said.question])).toEqual([said.question])
  expect(findAny(held, credentials())).toEqual([])
})

test('no secret is in a file a browser gets, built or served', () => {
  const built = readdirSync(widgetDist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  expect(built.length).toBeGreaterThan(0)
  const texts = built.map((entry) => readFileSync(join(entry.parentPath, entry.name)))
  const plain = built.map(({ name }, index) => {
    const bytes = texts[index] ?? Buffer.alloc(0)
    return (name.endsWith('.br') ? brotliDecompressSync(bytes) : bytes).toString('latin1')
  })
  const all = [...plain, ...frameBodies].join('\n')
  expect(frameBodies.length).toBeGreaterThan(4)
  expect(findAny(all, [...credentials(), ...Object.values(said)])).toEqual([])
  expect(all).not.toMatch(/x-api-key|gram-key|sk_(live|test)_/i)
})
