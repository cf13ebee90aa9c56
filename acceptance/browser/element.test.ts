import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { ticketQuestion } from './museum.ts'
import { countOpenSockets } from './open-sockets.ts'
import { plainPage } from './pages.ts'
import { useStage } from './use-stage.ts'
import type { Watch } from './watch.ts'
import { viewWidget } from './widget-view.ts'

const stage = useStage()

const hellos = (watch: Watch) => watch.sent.filter(({ type }) => type === 'hello')

/** The widget's frames that live in the page now. */
const frames = (page: Page) => page.frames().filter((frame) => frame.url().includes('/embed?'))

async function openTalk(more: { head?: string; attributes?: Record<string, string> } = {}) {
  const { session_token: token, session_id } = await stage.createSession()
  const visitor = await stage.openVisitor()
  await visitor.visit({ token, ...more })
  return { ...visitor, token, session_id, widget: viewWidget(visitor.page) }
}

test('a loader included twice, late and early, starts one talk', async () => {
  const again = `<script src="${stage.parlorUrl}/embed.js"></script>`
  const { page, watch, widget } = await openTalk({ head: again + again })
  await widget.isReady()
  await page.evaluate((src) => {
    const script = Object.assign(document.createElement('script'), { src })
    const loaded = new Promise((resolve) => script.addEventListener('load', resolve))
    document.head.append(script)
    return loaded
  }, `${stage.parlorUrl}/embed.js?again`)
  await widget.ask(ticketQuestion)
  expect(hellos(watch)).toHaveLength(1)
  expect(frames(page)).toHaveLength(1)
})

test('an element that is moved keeps one talk, and what was said', async () => {
  const { page, widget } = await openTalk()
  await widget.ask(ticketQuestion)
  await page.evaluate(() => {
    const place = document.createElement('section')
    document.body.append(place)
    place.append(document.querySelector('parlor-widget') as Node)
  })
  await widget.part('message-agent').waitFor()
  expect(await widget.part('message-agent').count()).toBe(1)
  await expect.poll(() => frames(page).length).toBe(1)
})

test('a changed token leaves the old talk and begins the new one', async () => {
  const { page, watch, widget } = await openTalk()
  await widget.ask(ticketQuestion)
  const next = await stage.createSession()
  await page.evaluate((token) => {
    const element = document.querySelector('parlor-widget')
    // A page may set an attribute several times in one go: one start follows.
    element?.setAttribute('token', 'nonsense')
    element?.setAttribute('token', token)
  }, next.session_token)
  await expect.poll(() => frames(page).map((frame) => frame.url())).toEqual([next.widget_url])
  await widget.isReady()
  expect(await widget.part('message-agent').count()).toBe(0)
  expect(hellos(watch).map(({ token }) => token)).toEqual([expect.any(String), next.session_token])
})

test('an element that is taken away ends its talk', async () => {
  const { page, widget } = await openTalk()
  await widget.isReady()
  await expect.poll(() => countOpenSockets(stage.parlor)).toBe(1)
  await page.evaluate(() => document.querySelector('parlor-widget')?.remove())
  await expect.poll(() => countOpenSockets(stage.parlor)).toBe(0)
  await expect.poll(() => frames(page).length).toBe(0)
})

test('mount makes one widget in a place, however often it is called', async () => {
  const { session_token: token } = await stage.createSession()
  const visitor = await stage.openVisitor()
  const page = plainPage('<div id="help"></div>', `<script src="${stage.parlorUrl}/embed.js"></script>`)
  await visitor.page.goto(stage.site.put(page))
  await visitor.page.evaluate((token) => {
    type Mount = (place: string, options: object) => unknown
    const { mount } = (window as unknown as { parlor: { mount: Mount } }).parlor
    mount('#help', { token })
    mount('#help', { token, theme: { accent: '#123456' } })
  }, token)
  await viewWidget(visitor.page).isReady()
  expect(await visitor.page.locator('parlor-widget').count()).toBe(1)
  expect(hellos(visitor.watch)).toHaveLength(1)
})

test('a bubble asks nobody before it is opened, and goes on where it was when it is opened again', async () => {
  const { page, watch, widget } = await openTalk({ attributes: { mode: 'bubble' } })
  const launcher = page.locator('[data-parlor="launcher"]')
  await launcher.waitFor()
  expect(watch.addresses.filter((address) => address.includes('/embed?') || address.includes('/check'))).toEqual([])
  await launcher.click()
  await widget.ask(ticketQuestion)
  expect(await launcher.getAttribute('aria-expanded')).toBe('true')

  await widget.part('close').click()
  await page.locator('parlor-widget iframe').waitFor({ state: 'hidden' })
  expect(await launcher.getAttribute('aria-expanded')).toBe('false')
  expect(await page.evaluate(() => document.querySelector('parlor-widget')?.shadowRoot?.activeElement?.className)).toBe(
    'launcher',
  )
  await launcher.press('Enter')
  await widget.part('message-agent').waitFor()
  expect(await widget.part('message-agent').count()).toBe(1)
  expect(hellos(watch)).toHaveLength(1)
  await widget.field.press('Escape')
  await page.locator('parlor-widget iframe').waitFor({ state: 'hidden' })
})

test('in a talk the button that closes a bubble stands at the end of its head', async () => {
  const { page, widget } = await openTalk({ attributes: { mode: 'bubble' } })
  await page.locator('[data-parlor="launcher"]').click()
  await widget.ask(ticketQuestion)
  const [button, frame] = await Promise.all([
    widget.part('close').boundingBox(),
    page.locator('parlor-widget iframe').boundingBox(),
  ])
  const gap = (frame?.x ?? 0) + (frame?.width ?? 0) - (button?.x ?? 0) - (button?.width ?? 0)
  expect(gap).toBeGreaterThanOrEqual(0)
  expect(gap).toBeLessThan(24)
})

test.each([
  ['upright', { width: 360, height: 720 }],
  ['on its side', { width: 720, height: 360 }],
])('an open bubble on a phone, %s, covers its own button, glyph and all', async (_, viewport) => {
  const { session_token: token } = await stage.createSession()
  const visitor = await stage.openVisitor({ viewport })
  await visitor.visit({ token, attributes: { mode: 'bubble' } })
  await visitor.page.locator('[data-parlor="launcher"]').click()
  await viewWidget(visitor.page).isReady()
  const topmost = await visitor.page.evaluate(() => {
    const shadow = document.querySelector('parlor-widget')?.shadowRoot
    const { x = 0, y = 0, width = 0 } = shadow?.querySelector('.launcher')?.getBoundingClientRect() ?? {}
    const names = new Set<string | undefined>()
    for (let right = 4; right < width; right += 4) {
      for (let down = 4; down < width; down += 4) names.add(shadow?.elementFromPoint(x + right, y + down)?.localName)
    }
    return [...names]
  })
  expect(topmost).toEqual(['iframe'])
})

test('a theme reaches the frame, also when it changes, and nonsense does not', async () => {
  const head =
    '<style>parlor-widget { --parlor-accent: #7a1fa2; --parlor-radius: 900px; --parlor-text: url(x) }</style>'
  const { page, widget } = await openTalk({ head })
  await widget.isReady()
  const look = () => widget.frame.locator('html').evaluate((page) => page.getAttribute('style'))
  await expect.poll(look).toContain('--p-accent: #7a1fa2')
  expect(await look()).not.toContain('900px')
  expect(await look()).not.toContain('url')
  await widget.field.fill('a')
  const colour = () => widget.part('send').evaluate((button) => getComputedStyle(button).backgroundColor)
  await expect.poll(colour).toBe('rgb(122, 31, 162)')

  await page.evaluate(() => document.documentElement.style.setProperty('--parlor-border', '#00ff00'))
  await expect.poll(look).toContain('--p-border: #00ff00')
})

test('the page hears that the visitor can talk and that it is over', async () => {
  const { session_token: token, session_id } = await stage.createSession()
  const visitor = await stage.openVisitor()
  await visitor.context.addInitScript(() => {
    const heard: unknown[] = []
    Object.assign(window, { heard })
    for (const type of ['parlor-ready', 'parlor-ended', 'parlor-refused']) {
      addEventListener(type, (event) => heard.push([type, (event as CustomEvent).detail]))
    }
  })
  await visitor.visit({ token })
  await viewWidget(visitor.page).isReady()
  await stage.parlor.endSession(session_id)
  await viewWidget(visitor.page).screenCode()
  await expect
    .poll(() => visitor.page.evaluate('heard'))
    .toEqual([
      ['parlor-ready', { visitor: expect.any(String) }],
      ['parlor-ended', { reason: 'revoked', code: 4411 }],
    ])
})
