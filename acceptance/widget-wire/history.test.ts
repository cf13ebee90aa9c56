import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserPath, launchBrowser, noBrowser } from '../browser/browser.ts'
import { type Parlor, startParlor } from '../harness/start-parlor.ts'
import { type Customer, newCustomer } from './customer.ts'

let parlor: Parlor
beforeAll(async () => {
  parlor = await startParlor()
})
afterAll(() => parlor[Symbol.asyncDispose]())

interface Row {
  time: string
  operation: string
  status: number
  user_agent: string | null
}
type History = { data: Row[]; requests_this_month: number }

const historyOf = async (customer: Customer, query = '') =>
  (await customer.send<History>('GET', `/v1/requests${query}`)).body

/** Calls to the three operations of a session, the last two refused, as `shop/1.0`. */
async function useSessions(customer: Customer): Promise<{ id: string; token: string }> {
  const agentId = await customer.createAgent()
  const from = { 'user-agent': 'shop/1.0' }
  const wish = { agentic_avatar_id: agentId, user_metadata: { note: 'word-of-a-body' } }
  type Made = { session_id: string; session_token: string }
  const { body } = await customer.send<Made>('POST', '/v1/widget/sessions?secret=word-of-a-query', wish, from)
  await customer.send('GET', `/v1/widget/sessions/${body.session_id}`, undefined, from)
  await customer.send('DELETE', `/v1/widget/sessions/${body.session_token}`, undefined, from)
  await customer.send('POST', '/v1/widget/sessions', {}, from)
  return { id: body.session_id, token: body.session_token }
}

describe('the list of calls', () => {
  test('is newest first, with time, status and user agent, refused calls and all', async () => {
    const customer = await newCustomer(parlor, 'List')
    await useSessions(customer)
    await expect
      .poll(async () => (await historyOf(customer, '?page_size=4')).data)
      .toMatchObject([
        { operation: 'createWidgetSession', status: 422, user_agent: 'shop/1.0' },
        { operation: expect.stringMatching(/Session/), status: 404, user_agent: 'shop/1.0' },
        { operation: 'getWidgetSessionStatus', status: 200, user_agent: 'shop/1.0' },
        { operation: 'createWidgetSession', status: 200, user_agent: 'shop/1.0' },
      ])
    const times = (await historyOf(customer)).data.map(({ time }) => Date.parse(time))
    expect(times).toEqual(times.toSorted((a, b) => b - a))
    const { data } = await historyOf(customer, '?operation=createWidgetSession')
    expect(data.map(({ status }) => status)).toEqual([422, 200])
  })

  test('is of the account of the key, and of no other', async () => {
    const [one, two] = [await newCustomer(parlor, 'One'), await newCustomer(parlor, 'Two')]
    await useSessions(one)
    await expect.poll(async () => (await historyOf(one)).data.length).toBeGreaterThan(4)
    expect((await historyOf(two)).data.filter(({ operation }) => operation !== 'listRequests')).toEqual([])
    expect((await parlor.request('GET', '/v1/requests', undefined, { 'x-api-key': undefined })).status).toBe(401)
  })

  test('counts the calls of this calendar month, from none', async () => {
    const customer = await newCustomer(parlor, 'Counted')
    expect(await historyOf(customer)).toMatchObject({ data: [], requests_this_month: 0 })
    for (let n = 0; n < 3; n += 1) await customer.send('GET', '/v1/voices')
    // The first reading was a call, too.
    await expect.poll(async () => (await historyOf(customer)).requests_this_month).toBeGreaterThanOrEqual(4)
  })

  test('holds no key, no token, no body and no query', async () => {
    const customer = await newCustomer(parlor, 'Discreet')
    const { token } = await useSessions(customer)
    await customer.send('GET', `/v1/avatars/${customer.key}`)
    const told = async () => (await customer.send('GET', '/v1/requests?page_size=100')).text
    await expect.poll(told).toContain('getAvatar')
    const signature = token.split('.')[2] as string
    for (const word of [customer.key, token, signature, 'word-of-a-body', 'word-of-a-query', 'eyJ']) {
      expect(await told()).not.toContain(word)
    }
  })
})

describe('the history on /docs', () => {
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    if (browserPath) browser = await launchBrowser()
  })
  afterAll(() => browser?.close())

  /** The page with one operation opened, and a key typed when there is one. */
  async function open(operation: string, key?: string): Promise<Locator> {
    page = await (await browser.newContext({ locale: 'en-GB' })).newPage()
    await page.goto(`${parlor.url}/docs`)
    if (key !== undefined) {
      await page.locator('#key').fill(key)
      await page.locator('#key').press('Enter')
      await expect.poll(() => page.locator('#status').textContent()).toMatch(/requests? this month$/)
    }
    const details = page.locator(`details[data-operation="${operation}"]`)
    await details.locator('summary').first().click()
    return details
  }
  const visible = (details: Locator, what: string) => details.locator(what).filter({ visible: true })
  const table = 'table[aria-labelledby]'

  test('is hidden before a key is typed: a prompt stands in its place', async ({ skip }) => {
    if (!browserPath) skip(noBrowser)
    const details = await open('createWidgetSession')
    await expect.poll(() => visible(details, '.prompt').textContent()).toContain('Type a key above')
    expect(await visible(details, table).count()).toBe(0)
    expect(await visible(details, '.month').count()).toBe(0)
  })

  test('says so where there is no call yet, and counts none', async ({ skip }) => {
    if (!browserPath) skip(noBrowser)
    const { key } = await newCustomer(parlor, 'New here')
    const details = await open('createWidgetSession', key)
    await expect
      .poll(() => visible(details, `${table} tbody tr`).allTextContents())
      .toEqual(['Make a request to see history.'])
    expect(await visible(details, '.prompt').count()).toBe(0)
    // Reading the history is a call itself: it was the first one.
    expect(await page.locator('#status').textContent()).toBe('0 requests this month')
    expect(await visible(details, '.month').textContent()).toBe('1 request this month, of all operations together')
  })

  test('shows time, status and user agent of each call, newest first, and keeps the key nowhere', async ({ skip }) => {
    if (!browserPath) skip(noBrowser)
    const customer = await newCustomer(parlor, 'Shown')
    await useSessions(customer)
    await expect.poll(async () => (await historyOf(customer)).data.length).toBeGreaterThan(4)
    const details = await open('createWidgetSession', customer.key)
    const rows = visible(details, `${table} tbody tr`)
    await expect.poll(() => rows.count()).toBe(2)
    const heads = await details.locator(`${table} th`).allTextContents()
    expect(heads.map((head) => head.toLowerCase())).toEqual(['time', 'status', 'user agent'])
    const cells = await rows.evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)))
    expect(cells.map(([, ...rest]) => rest)).toEqual([
      ['422', 'shop/1.0'],
      ['200', 'shop/1.0'],
    ])
    const times = await rows.locator('time').evaluateAll((all) => all.map((time) => time.getAttribute('datetime')))
    expect(times.every((time) => Math.abs(Date.parse(String(time)) - Date.now()) < 60_000)).toBe(true)
    expect(await visible(details, '.month').textContent()).toMatch(/^[1-9]\d* requests this month, of all/)

    const kept = 'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href])'
    expect(await page.evaluate(kept)).not.toContain(customer.key)
    await page.reload()
    expect(await page.locator('#key').inputValue()).toBe('')
    await details.locator('summary').first().click()
    await expect.poll(() => visible(details, '.prompt').textContent()).toContain('Type a key above')
  })

  test('shows the calls of the key typed last, however late the answer to another comes', async ({ skip }) => {
    if (!browserPath) skip(noBrowser)
    const [first, second] = [await newCustomer(parlor, 'First'), await newCustomer(parlor, 'Second')]
    await useSessions(first)
    page = await browser.newPage()
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route('**/v1/requests?*', async (route) => {
      const isSlow =
        route.request().url().includes('operation=') && route.request().headers()['x-api-key'] === first.key
      if (isSlow) await released
      await route.continue()
    })
    await page.goto(`${parlor.url}/docs`)
    const type = async ({ key }: Customer) => {
      await page.locator('#key').fill(key)
      await page.locator('#key').press('Enter')
      await expect.poll(() => page.locator('#status').textContent()).toMatch(/this month$/)
    }
    await type(first)
    const details = page.locator('details[data-operation="createWidgetSession"]')
    const asked = page.waitForRequest(/operation=/)
    await details.locator('summary').first().click()
    await asked
    await type(second)
    const rows = visible(details, `${table} tbody tr`)
    await expect.poll(() => rows.allTextContents()).toEqual(['Make a request to see history.'])
    const late = page.waitForResponse((response) => response.request().headers()['x-api-key'] === first.key)
    release()
    await (await late).finished()
    await page.evaluate('new Promise((resolve) => setTimeout(resolve))')
    expect(await rows.allTextContents()).toEqual(['Make a request to see history.'])
  })

  test('of an unknown key says why there is nothing', async ({ skip }) => {
    if (!browserPath) skip(noBrowser)
    page = await browser.newPage()
    await page.goto(`${parlor.url}/docs`)
    const unknown = `prl_live_${'0'.repeat(64)}`
    const { body, status } = await parlor.request('GET', '/v1/requests', undefined, { 'x-api-key': unknown })
    expect(status).toBe(401)
    await page.locator('#key').fill(unknown)
    await page.locator('#key').press('Enter')
    await expect.poll(() => page.locator('#status').textContent()).toBe(body.message)
  })
})
