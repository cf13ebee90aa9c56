import { expect, test } from 'vitest'
import { ticketAnswer, ticketQuestion } from './museum.ts'
import { useStage } from './use-stage.ts'
import { refusalOf, viewWidget } from './widget-view.ts'

const stage = useStage()

/** The strictest policy that still names Parlor: nothing inline, no style, no string that becomes a script. */
function strictest(parlorUrl: string): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `script-src ${parlorUrl}`,
    `connect-src ${parlorUrl}`,
    `frame-src ${parlorUrl}`,
    "style-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ]
  return { 'content-security-policy': policy.join('; '), 'x-content-type-options': 'nosniff' }
}

// That no policy was violated, in the page or in the frame, and no console said anything, is checked after each test.
test('the widget works under the strictest policy that names Parlor', async () => {
  const { session_token: token } = await stage.createSession()
  const visitor = await stage.openVisitor()
  await visitor.visit({ token }, { headers: strictest(stage.parlorUrl) })
  const widget = viewWidget(visitor.page)
  const answer = await widget.ask(ticketQuestion)
  expect(await answer.textContent()).toContain(ticketAnswer)
  await answer.locator('[data-parlor="citation"]').first().click()
  await widget.part('citation-panel').waitFor()
  // The loader's own style stands: the element is as high as its sheet says.
  const box = await visitor.page.locator('parlor-widget').boundingBox()
  expect(box?.height).toBe(600)
})

test('the bubble works under it, too', async () => {
  const { session_token: token } = await stage.createSession()
  const visitor = await stage.openVisitor()
  await visitor.visit({ token, attributes: { mode: 'bubble' } }, { headers: strictest(stage.parlorUrl) })
  await visitor.page.locator('[data-parlor="launcher"]').click()
  await viewWidget(visitor.page).isReady()
})

test('a refusal is drawn under it, too', async () => {
  const { session_token: token } = await stage.createSession({ settings: { allowed_domains: ['shop.test'] } })
  const visitor = await stage.openVisitor()
  stage.expectErrors(/403 \(Forbidden\)/)
  await visitor.visit({ token }, { host: 'evil.test', headers: strictest(stage.parlorUrl) })
  await refusalOf(visitor.page).waitFor()
})

test('a policy that forbids the frame is told to the visitor, in the words of the loader', async () => {
  const { session_token: token } = await stage.createSession()
  const visitor = await stage.openVisitor()
  stage.expectErrors(/frame-src/, /Framing/)
  const headers = strictest(stage.parlorUrl)
  headers['content-security-policy'] =
    headers['content-security-policy']?.replace(/frame-src [^;]*/, "frame-src 'none'") ?? ''
  await visitor.page.clock.install()
  await visitor.visit({ token }, { headers })
  await visitor.page.locator('iframe').waitFor()
  await visitor.page.clock.fastForward(15_000)
  await refusalOf(visitor.page).waitFor()
  expect(await refusalOf(visitor.page).textContent()).toContain('frame-src')
})

test('a policy that forbids asking Parlor leads to a refusal that can be retried', async () => {
  const { session_token: token } = await stage.createSession()
  const visitor = await stage.openVisitor()
  stage.expectErrors(/connect-src/, /Refused to connect/)
  const headers = strictest(stage.parlorUrl)
  headers['content-security-policy'] =
    headers['content-security-policy']?.replace(/connect-src [^;]*/, "connect-src 'none'") ?? ''
  await visitor.visit({ token }, { headers })
  await refusalOf(visitor.page).waitFor()
  expect(await refusalOf(visitor.page).getAttribute('data-code')).toBe('unavailable')
  expect(await visitor.page.locator('[data-parlor="retry"]').isVisible()).toBe(true)
})
