import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { bringAxe, findBarriers } from './axe.ts'
import { holdAnswers } from './hold-answer.ts'
import { ticketQuestion } from './museum.ts'
import type { WidgetPage } from './pages.ts'
import { useStage } from './use-stage.ts'
import { refusalOf, viewWidget } from './widget-view.ts'

const stage = useStage({ env: { PARLOR_LIMIT_MESSAGES: '1' } })

async function openTalk(more: Partial<WidgetPage> & { session?: object } = {}) {
  const { session, ...page } = more
  const made = await stage.createSession(session)
  const visitor = await stage.openVisitor()
  await bringAxe(visitor.context)
  await visitor.visit({ token: made.session_token, ...page })
  return { ...visitor, session: made, widget: viewWidget(visitor.page) }
}

/** By day and by night. */
async function expectNoBarriers(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await findBarriers(page), colorScheme).toEqual([])
  }
}

test('axe finds nothing in a talk and an open citation', async () => {
  const { page, widget } = await openTalk()
  await widget.part('greeting').waitFor()
  await expectNoBarriers(page)
  const answer = await widget.ask(ticketQuestion)
  await widget.field.fill('a draft')
  await expectNoBarriers(page)
  await answer.locator('[data-parlor="citation"]').first().click()
  await widget.part('citation-panel').waitFor()
  await expectNoBarriers(page)
})

test.for(['de', 'ar'])('axe finds nothing in a talk in %s', async (lang) => {
  const { page, widget } = await openTalk({ lang })
  const answer = await widget.ask(ticketQuestion)
  expect(await widget.frame.locator('html').getAttribute('lang')).toBe(lang)
  expect(await widget.frame.locator('html').getAttribute('dir')).toBe(lang === 'ar' ? 'rtl' : 'ltr')
  await answer.locator('[data-parlor="citation"]').first().click()
  await widget.part('citation-panel').waitFor()
  await expectNoBarriers(page)
})

test('axe finds nothing while an answer comes and the connection breaks', async () => {
  stage.expectErrors(/WebSocket connection to .* failed/)
  const { session_token: token } = await stage.createSession({ settings: { max_duration: 50 } })
  const { context, page, visit } = await stage.openVisitor()
  await bringAxe(context)
  await holdAnswers(page)
  await visit({ token })
  const widget = viewWidget(page)
  await widget.isReady()
  await widget.say(ticketQuestion)
  await widget.part('stop').waitFor()
  await widget.part('countdown').waitFor()
  await expectNoBarriers(page)
  stage.relay.cut()
  await widget.part('banner').waitFor()
  await expectNoBarriers(page)
})

test('axe finds nothing on the screens of a talk that is over', async () => {
  const limit = await openTalk()
  await limit.widget.ask(ticketQuestion)
  await limit.widget.say('And now?')
  expect(await limit.widget.screenCode()).toBe('4412')
  await expectNoBarriers(limit.page)

  const ended = await openTalk()
  await ended.widget.isReady()
  await stage.parlor.endSession(ended.session.session_id)
  expect(await ended.widget.screenCode()).toBe('4411')
  await expectNoBarriers(ended.page)

  const replaced = await openTalk()
  await replaced.widget.isReady()
  await replaced.page.evaluate(() => void window.open(location.href))
  expect(await replaced.widget.screenCode()).toBe('4409')
  await expectNoBarriers(replaced.page)

  const expired = await openTalk({ session: { settings: { max_duration: 1 } } })
  expect(await expired.widget.screenCode()).toBe('4410')
  await expectNoBarriers(expired.page)
})

test('axe finds nothing on the screens of a talk that never began', async () => {
  stage.expectErrors(/40[34] \(/, /favicon/)
  const { session_token: token, widget_url } = await stage.createSession({
    settings: { allowed_domains: ['shop.test'] },
  })
  const visitor = await stage.openVisitor()
  await bringAxe(visitor.context)
  await visitor.visit({ token }, { host: 'evil.test' })
  await refusalOf(visitor.page).waitFor()
  await expectNoBarriers(visitor.page)

  await visitor.visit({ token: 'nonsense' })
  await refusalOf(visitor.page).waitFor()
  await expectNoBarriers(visitor.page)

  const [header, claims] = token.split('.')
  await visitor.visit({ token: `${header}.${claims}.AAAA` })
  expect(await viewWidget(visitor.page).screenCode()).toBe('4401')
  await expectNoBarriers(visitor.page)

  await visitor.page.goto(widget_url)
  await visitor.page.locator('[data-parlor="screen"]').waitFor()
  await expectNoBarriers(visitor.page)
})

test('axe finds nothing in a talk without typing and in a bubble', async () => {
  const quiet = await openTalk({ session: { settings: { features: { text_input: false } } } })
  await quiet.widget.part('notice').waitFor()
  await expectNoBarriers(quiet.page)

  const bubble = await openTalk({ attributes: { mode: 'bubble' } })
  const launcher = bubble.page.locator('[data-parlor="launcher"]')
  await launcher.waitFor()
  await expectNoBarriers(bubble.page)
  await launcher.click()
  await bubble.widget.part('greeting').waitFor()
  await expectNoBarriers(bubble.page)
})
