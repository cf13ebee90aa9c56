import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Parlor } from '../harness/start-parlor.ts'
import { browserPath, launchBrowser, noBrowser } from './browser.ts'
import { startDemo } from './start-demo.ts'
import { viewWidget } from './widget-view.ts'

let parlor: Parlor
let browser: Browser
let url: string

beforeAll(async () => {
  if (!browserPath) return console.warn(noBrowser)
  const demo = await startDemo()
  parlor = demo.parlor
  url = demo.url
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await parlor?.[Symbol.asyncDispose]()
})

test.skipIf(!browserPath)('what the page says of two tabs and of a reload is so', async () => {
  const context = await browser.newContext({ locale: 'en-GB' })
  const first = await context.newPage()
  await first.goto(url)
  await viewWidget(first).isReady()
  const [second] = await Promise.all([
    context.waitForEvent('page'),
    first.getByRole('link', { name: 'Open a second tab' }).click(),
  ])
  await viewWidget(second).isReady()

  await first.getByRole('button', { name: 'End the session' }).click()
  for (const page of [first, second]) expect(await viewWidget(page).screenCode()).toBe('4411')
  await second.reload()
  await viewWidget(second).isReady()
  await context.close()
})

test.skipIf(!browserPath)('a session this server does not know is asked for no more', async () => {
  const context = await browser.newContext({ locale: 'en-GB' })
  const page = await context.newPage()
  const claims = btoa(JSON.stringify({ sub: '0197a000-0000-7000-8000-000000000000' }))
  const session = { session_token: `e30.${claims}.AAAA`, session_id: 'gone', expires_at: '2999-01-01T00:00:00Z' }
  await page.addInitScript((kept) => {
    if (!sessionStorage.getItem('seen')) localStorage.setItem('session', kept)
    sessionStorage.setItem('seen', 'yes')
  }, JSON.stringify(session))
  await page.goto(url)
  await page.locator('parlor-widget [data-parlor="screen"][data-code="unknown_session"]').waitFor()
  await page.reload()
  await viewWidget(page).isReady()
  await context.close()
})
