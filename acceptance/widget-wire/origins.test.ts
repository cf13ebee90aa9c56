import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Parlor, startParlor } from '../harness/start-parlor.ts'
import { closeCodeOf } from './talk.ts'

let parlor: Parlor
let agentId: string
beforeAll(async () => {
  // As in production: visitors' pages are https, and http is no other spelling of the same site.
  parlor = await startParlor({ env: { PARLOR_PUBLIC_URL: 'https://parlor.example' } })
  agentId = await parlor.createAgent()
})
afterAll(() => parlor[Symbol.asyncDispose]())

interface Sites {
  allowed_domains?: string[]
  allowed_origins?: string[]
}
const nobody = { 'x-api-key': undefined }

/** Whether the page may embed, by all three who are asked: the loader's check, the browser's frame policy and the socket. */
async function judge(session: { session_id: string; session_token: string }, origin: string): Promise<boolean> {
  const path = `session=${session.session_id}`
  const check = await parlor.request('GET', `/embed/check?${path}`, undefined, { ...nobody, origin })
  expect([200, 403]).toContain(check.status)
  const letsIn = await parlor.visit(session.session_token, {}, { origin }).then(
    ({ socket }) => {
      socket.close()
      return true
    },
    () => false,
  )
  if (!letsIn) expect(await closeCodeOf(parlor, session.session_token, origin)).toBe(4403)
  expect(letsIn, origin).toBe(check.status === 200)
  return letsIn
}

/** The sources of `frame-ancestors`; undefined where the header says nothing of it. */
async function ancestorsOf(sessionId: string): Promise<string[] | undefined> {
  const { headers } = await parlor.request('GET', `/embed?session=${sessionId}`, undefined, nobody)
  const policy = String(headers['content-security-policy'])
  return /frame-ancestors ([^;]*)/.exec(policy)?.[1]?.trim().split(' ')
}

test.each<[string, Sites, string[], string[]]>([
  [
    'one domain',
    { allowed_domains: ['example.com'] },
    ['https://example.com', 'https://example.com:8443', 'https://EXAMPLE.com'],
    [
      'https://www.example.com',
      'https://app.example.com',
      'https://example.com.evil.test',
      'https://notexample.com',
      'http://example.com',
      'null',
    ],
  ],
  [
    'a domain and its subdomain',
    { allowed_domains: ['example.com', 'app.example.com'] },
    ['https://example.com', 'https://app.example.com'],
    ['https://www.example.com', 'https://x.app.example.com'],
  ],
  [
    'an origin',
    { allowed_origins: ['https://example.com:8443'] },
    ['https://example.com:8443'],
    ['https://example.com', 'http://example.com:8443', 'https://www.example.com:8443', 'https://example.com:8444'],
  ],
  [
    'a domain and an origin',
    { allowed_domains: ['example.com'], allowed_origins: ['https://other.example:444'] },
    ['https://example.com:9', 'https://other.example:444'],
    ['https://other.example'],
  ],
  ['nothing', {}, ['https://example.com', 'https://anything.test:8443', 'null'], []],
])('a session that lists %s is for those pages and no others', async (_, sites, allowed, refused) => {
  const session = await parlor.createSession(agentId, sites)
  for (const origin of allowed) expect(await judge(session, origin), origin).toBe(true)
  for (const origin of refused) expect(await judge(session, origin), origin).toBe(false)
})

test('the widget page tells the browser who may frame it, in the words of the lists', async () => {
  const sites = { allowed_domains: ['example.com'], allowed_origins: ['https://other.example:444'] }
  const listed = await parlor.createSession(agentId, { settings: sites })
  expect(await ancestorsOf(listed.session_id)).toEqual(['https://example.com:*', 'https://other.example:444'])
  expect(await ancestorsOf((await parlor.createSession(agentId)).session_id)).toBeUndefined()
  expect(await ancestorsOf('0197a000-0000-7000-8000-000000000000')).toEqual(["'none'"])
})
