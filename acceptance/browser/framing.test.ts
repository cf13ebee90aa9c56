import type { Frame, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { framingPage, widgetPage } from './pages.ts'
import { useStage } from './use-stage.ts'
import { refusalOf, viewWidget } from './widget-view.ts'

const stage = useStage()

const forShop = { settings: { allowed_domains: ['shop.test'] } }
const ancestorsRefused = /violates the following Content Security Policy directive: "frame-ancestors/

/** The frame the browser put in the place of one it would not show. */
async function blockedFrame(page: Page): Promise<Frame> {
  await expect.poll(() => page.frames().find((frame) => frame.url().startsWith('chrome-error:'))).toBeDefined()
  return page.frames().find((frame) => frame.url().startsWith('chrome-error:')) as Frame
}

test('a foreign page cannot frame the address of the widget itself, a listed one can', async () => {
  const { widget_url } = await stage.createSession(forShop)
  const visitor = await stage.openVisitor()
  await visitor.page.goto(stage.site.put(framingPage(widget_url)))
  await visitor.page.frameLocator('iframe').locator('#parlor').waitFor({ state: 'attached' })

  const thief = await stage.openVisitor()
  stage.expectErrors(ancestorsRefused)
  await thief.page.goto(stage.site.put(framingPage(widget_url), { host: 'evil.test' }))
  await blockedFrame(thief.page)
  expect(thief.watch.errors.some((error) => ancestorsRefused.test(error))).toBe(true)
})

test('a listed page inside a foreign one is blocked, and says that it got no answer', async () => {
  const { session_token: token } = await stage.createSession(forShop)
  const inner = stage.site.put(widgetPage(stage.parlorUrl, { token }))
  const visitor = await stage.openVisitor()
  await visitor.page.clock.install()
  stage.expectErrors(ancestorsRefused)
  await visitor.page.goto(stage.site.put(framingPage(inner), { host: 'evil.test' }))
  await blockedFrame(visitor.page)
  await visitor.page.clock.fastForward(15_000)
  const refusal = refusalOf(visitor.page.frameLocator('iframe[title=framed]'))
  await refusal.waitFor()
  expect(await refusal.getAttribute('data-code')).toBe('silent')
})

test('a listed page inside a listed one works', async () => {
  const { session_token: token } = await stage.createSession({
    settings: { allowed_domains: ['shop.test', 'portal.test'] },
  })
  const inner = stage.site.put(widgetPage(stage.parlorUrl, { token }))
  const visitor = await stage.openVisitor()
  await visitor.page.goto(stage.site.put(framingPage(inner), { host: 'portal.test' }))
  await viewWidget(visitor.page.frameLocator('iframe[title=framed]')).isReady()
})

test('a sandboxed page has no origin and is refused', async () => {
  const { session_token: token } = await stage.createSession(forShop)
  const inner = stage.site.put(widgetPage(stage.parlorUrl, { token }))
  const visitor = await stage.openVisitor()
  stage.expectErrors(/403 \(Forbidden\).*\/embed\/check/)
  await visitor.page.goto(stage.site.put(framingPage(inner, 'sandbox="allow-scripts"')))
  const refusal = refusalOf(visitor.page.frameLocator('iframe[title=framed]'))
  await refusal.waitFor()
  expect(await refusal.textContent()).toContain('rule: opaque_origin')
  expect(await refusal.textContent()).toContain('origin: null')
})

test('a sandboxed page cannot frame the address of the widget itself either', async () => {
  const { widget_url } = await stage.createSession(forShop)
  const inner = stage.site.put(framingPage(widget_url))
  const visitor = await stage.openVisitor()
  stage.expectErrors(ancestorsRefused)
  await visitor.page.goto(stage.site.put(framingPage(inner, 'sandbox="allow-scripts"')))
  await blockedFrame(visitor.page)
})

test('the address of the widget opened alone says where it belongs', async () => {
  const { widget_url } = await stage.createSession()
  const visitor = await stage.openVisitor()
  // Only a page opened alone is asked for an icon of its own.
  stage.expectErrors(/favicon.ico/)
  await visitor.page.goto(widget_url)
  const screen = visitor.page.locator('[data-parlor="screen"]')
  await screen.waitFor()
  expect(await screen.getAttribute('data-code')).toBe('not_embedded')
})
