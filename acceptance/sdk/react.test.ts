import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { browserPath, launchBrowser, noBrowser } from '../browser/browser.ts'
import { museum, ticketAnswer, ticketQuestion } from '../browser/museum.ts'
import { countOpenSockets, metricsToken } from '../browser/open-sockets.ts'
import { type Parlor, startParlor } from '../harness/start-parlor.ts'
import { inPage, type ReactSite, startReactSite } from './react-site.ts'

let parlor: Parlor
let browser: Browser
let site: ReactSite
let agentId: string

beforeAll(async () => {
  if (!browserPath) return console.warn(noBrowser)
  parlor = await startParlor({ env: { PARLOR_METRICS_TOKEN: metricsToken } })
  agentId = await parlor.createAgent(museum)
  site = await startReactSite(parlor)
  browser = await launchBrowser()
})
beforeEach(({ skip }) => {
  if (!browserPath) skip(noBrowser)
})
afterAll(async () => {
  await browser?.close()
  await site?.[Symbol.asyncDispose]()
  await parlor?.[Symbol.asyncDispose]()
})

interface Visit {
  page: Page
  /** Every socket the page ever opened. */
  sockets: { isClosed(): boolean }[]
  /** The `hello` of each, and the id of the visitor each was answered with. */
  hellos: { visitor?: { id: string } }[]
  visitors: Set<string>
  errors: string[]
}

const visits: Visit[] = []

async function visit(): Promise<Visit> {
  const page = await browser.newPage()
  page.setDefaultTimeout(15_000)
  const visit: Visit = { page, sockets: [], hellos: [], visitors: new Set(), errors: [] }
  visits.push(visit)
  page.on('pageerror', (error) => visit.errors.push(String(error)))
  page.on('console', (message) => void (message.type() === 'error' && visit.errors.push(message.text())))
  page.on('websocket', (socket) => {
    visit.sockets.push(socket)
    socket.on('framesent', ({ payload }) => {
      const event = JSON.parse(String(payload))
      if (event.type === 'hello') visit.hellos.push(event)
    })
    socket.on('framereceived', ({ payload }) => {
      const event = JSON.parse(String(payload))
      if (event.type === 'ready') visit.visitors.add(event.visitor.id)
    })
  })
  await page.goto(site.url)
  return visit
}

afterEach(async () => {
  const seen = visits.splice(0)
  for (const { page } of seen) await page.close()
  expect(seen.flatMap(({ errors }) => errors)).toEqual([])
  await noSockets()
})

const noSockets = () => expect.poll(() => countOpenSockets(parlor), { timeout: 10_000 }).toBe(0)
// With nothing said yet it has no height.
const isPhase = ({ page }: Visit, name: string, phase: string) =>
  page.locator(`#${name}[data-phase=${phase}]`).waitFor({ state: 'attached' })

async function makeAccess(extra: object = {}) {
  const made = await parlor.createSession(agentId, { allowed_origins: [site.url], ...extra })
  return { token: made.session_token, url: made.websocket_url, session: made.session_id, made }
}

test('under StrictMode there is one connection and one visitor, and a talk', async () => {
  const { made: _, ...access } = await makeAccess()
  const visitor = await visit()
  await inPage(visitor.page, 'show', { names: ['a'], access })
  await isPhase(visitor, 'a', 'open')
  expect(await inPage(visitor.page, 'send', ticketQuestion)).toEqual(expect.any(String))
  await visitor.page.getByText(ticketAnswer).waitFor()
  expect(await visitor.page.getByText(`visitor: ${ticketQuestion}`).count()).toBe(1)
  expect([visitor.sockets.length, visitor.hellos.length, visitor.visitors.size]).toEqual([1, 1, 1])
  expect(await countOpenSockets(parlor)).toBe(1)
})

test('components with one token share a connection, which goes with the last of them', async () => {
  const { made: _, ...access } = await makeAccess()
  const visitor = await visit()
  await inPage(visitor.page, 'show', { names: ['a', 'b'], access })
  await isPhase(visitor, 'a', 'open')
  await isPhase(visitor, 'b', 'open')
  await inPage(visitor.page, 'show', { names: ['b'], access })
  await inPage(visitor.page, 'send', ticketQuestion)
  await visitor.page.getByText(ticketAnswer).waitFor()
  expect(visitor.sockets).toHaveLength(1)
  await inPage(visitor.page, 'show', { names: [], access })
  await noSockets()
})

test('whoever comes back is the same visitor, with what was said', async () => {
  // Another visitor of this session would be refused.
  const { made: _, ...access } = await makeAccess({ single_use: true })
  const visitor = await visit()
  await inPage(visitor.page, 'show', { names: ['a'], access })
  await isPhase(visitor, 'a', 'open')
  await inPage(visitor.page, 'send', ticketQuestion)
  await visitor.page.getByText(ticketAnswer).waitFor()
  await inPage(visitor.page, 'show', { names: [], access })
  await noSockets()
  await inPage(visitor.page, 'show', { names: ['a'], access })
  await isPhase(visitor, 'a', 'open')
  await visitor.page.getByText(ticketAnswer).waitFor()
  expect([visitor.sockets.length, visitor.visitors.size]).toEqual([2, 1])
})

test('a page that is taken away leaves no socket behind, also when it was still connecting', async () => {
  const { made: _, ...access } = await makeAccess()
  const visitor = await visit()
  await visitor.page.evaluate(
    ([given]) => {
      const { site } = window as unknown as { site: typeof import('./react-page.ts') }
      for (let round = 0; round < 5; round++) {
        site.show({ names: ['a'], access: given })
        site.unmount()
      }
    },
    [access],
  )
  await noSockets()
  await inPage(visitor.page, 'show', { names: ['a'], access })
  await visitor.page.waitForFunction(() => document.querySelector('#a[data-phase]:not([data-phase=idle])') !== null)
  await inPage(visitor.page, 'unmount')
  await noSockets()
  expect(await inPage(visitor.page, 'send', 'Hello?')).toBeNull()
})

test('the backend is asked for one session; after its end, for another when the visitor wants to go on', async () => {
  const [first, second] = [await makeAccess(), await makeAccess()]
  const visitor = await visit()
  const backend = [first.made, second.made]
  await inPage(visitor.page, 'show', { names: ['a', 'b'], backend })
  await isPhase(visitor, 'a', 'open')
  await isPhase(visitor, 'b', 'open')
  expect([await inPage(visitor.page, 'asked'), visitor.sockets.length]).toEqual([1, 1])
  await parlor.endSession(first.session)
  await isPhase(visitor, 'a', 'closed')
  await inPage(visitor.page, 'connect')
  await isPhase(visitor, 'a', 'open')
  expect([await inPage(visitor.page, 'asked'), visitor.visitors.size]).toEqual([2, 2])
})

test('a backend that refuses is said to the page, which may try again', async () => {
  const { made } = await makeAccess()
  const visitor = await visit()
  await inPage(visitor.page, 'show', { names: ['a'], backend: ['refuses', made] })
  await isPhase(visitor, 'a', 'failed')
  expect(await visitor.page.getByRole('alert').textContent()).toContain('no session today')
  await inPage(visitor.page, 'connect')
  await isPhase(visitor, 'a', 'open')
  expect(await visitor.page.getByRole('alert').count()).toBe(0)
})

test('a visitor who leaves is gone until they want to come back, to the same session', async () => {
  const { made } = await makeAccess()
  const backend = [made]
  const visitor = await visit()
  await inPage(visitor.page, 'show', { names: ['a'], backend })
  await isPhase(visitor, 'a', 'open')
  await inPage(visitor.page, 'leave')
  await isPhase(visitor, 'a', 'closed')
  await noSockets()
  await inPage(visitor.page, 'show', { names: ['a', 'b'], backend })
  await isPhase(visitor, 'b', 'closed')
  expect(visitor.sockets).toHaveLength(1)
  await inPage(visitor.page, 'connect')
  await isPhase(visitor, 'a', 'open')
  expect([await inPage(visitor.page, 'asked'), visitor.visitors.size]).toEqual([1, 1])
})

test('a page without a token yet waits for one', async () => {
  const { made: _, ...access } = await makeAccess()
  const visitor = await visit()
  await inPage(visitor.page, 'show', { names: ['a'], access: null })
  await isPhase(visitor, 'a', 'idle')
  expect(await inPage(visitor.page, 'send', 'Hello?')).toBeNull()
  await inPage(visitor.page, 'show', { names: ['a'], access })
  await isPhase(visitor, 'a', 'open')
  expect(visitor.sockets).toHaveLength(1)
})

test('a back office lists, makes and ends over its own backend, without a key in the page', async () => {
  const { page } = await visit()
  await inPage(page, 'office', { agentId, baseUrl: `${site.url}/parlor` })
  const text = (id: string) => expect.poll(() => page.locator(`#${id}`).textContent())
  await text('agents').toMatch(/^[1-9]/)
  await text('bases').toMatch(/^[1-9]/)
  await text('requests').toMatch(/^[1-9]/)
  await page.locator('#create').click()
  await text('status').toBe('active')
  await page.locator('#end').click()
  await text('status').toBe('terminated')
  expect(site.passed.filter((one) => one === 'POST /v1/widget/sessions')).toHaveLength(1)
})

test('a client with a key is refused', async () => {
  const visitor = await visit()
  await inPage(visitor.page, 'office', { agentId, baseUrl: `${site.url}/parlor`, apiKey: 'sk_test_0123456789' })
  await visitor.page.getByText('A client with a key does not go into a page').waitFor()
  expect(await visitor.page.locator('#office').count()).toBe(0)
})
