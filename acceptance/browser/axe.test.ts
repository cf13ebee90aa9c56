import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { bringAxe, findBarriers } from './axe.ts'
import { holdAnswers } from './hold-answer.ts'
import { ticketQuestion } from './museum.ts'
import type { WidgetPage } from './pages.ts'
import { useStage } from './use-stage.ts'
import { refusalOf, viewWidget } from './widget-view.ts'

const stage = useStage({ env: { PARLOR_LIMIT_MESSAGES: '1' } })

async function openTalk(options: BrowserContextOptions, more: Partial<WidgetPage> & { session?: object } = {}) {
  const { session, ...page } = more
  const made = await stage.createSession(session)
  const visitor = await stage.openVisitor(options)
  await bringAxe(visitor.context)
  await visitor.visit({ token: made.session_token, ...page })
  return { ...visitor, session: made, widget: viewWidget(visitor.page) }
}

async function expectNoBarriers(page: Page): Promise<void> {
  expect(await findBarriers(page)).toEqual([])
}

const schemes: BrowserContextOptions[] = [{ colorScheme: 'light' }, { colorScheme: 'dark' }]

test.for(schemes)('axe finds nothing in a talk and an open citation, $colorScheme', async (options) => {
  const { page, widget } = await openTalk(options)
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
  const { page, widget } = await openTalk({ colorScheme: 'dark' }, { lang })
  const answer = await widget.ask(ticketQuestion)
  expect(await widget.frame.locator('html').getAttribute('lang')).toBe(lang)
  expect(await widget.frame.locator('html').getAttribute('dir')).toBe(lang === 'ar' ? 'rtl' : 'ltr')
  await answer.locator('[data-parlor="citation"]').first().click()
  await widget.part('citation-panel').waitFor()
  await expectNoBarriers(page)
})

test.for(schemes)(
  'axe finds nothing while an answer comes and the connection breaks, $colorScheme',
  async (options) => {
    stage.expectErrors(/WebSocket connection to .* failed/)
    const { session_token: token } = await stage.createSession({ settings: { max_duration: 50 } })
    const { context, page, visit } = await stage.openVisitor(options)
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
  },
)

test.for(schemes)('axe finds nothing on the screens of a talk that is over, $colorScheme', async (options) => {
  const limit = await openTalk(options)
  await limit.widget.ask(ticketQuestion)
  await limit.widget.say('And now?')
  expect(await limit.widget.screenCode()).toBe('4412')
  await expectNoBarriers(limit.page)

  const ended = await openTalk(options)
  await ended.widget.isReady()
  await stage.parlor.endSession(ended.session.session_id)
  expect(await ended.widget.screenCode()).toBe('4411')
  await expectNoBarriers(ended.page)

  const replaced = await openTalk(options)
  await replaced.widget.isReady()
  await replaced.page.evaluate(() => void window.open(location.href))
  expect(await replaced.widget.screenCode()).toBe('4409')
  await expectNoBarriers(replaced.page)

  const expired = await openTalk(options, { session: { settings: { max_duration: 1 } } })
  expect(await expired.widget.screenCode()).toBe('4410')
  await expectNoBarriers(expired.page)
})

test.for(schemes)('axe finds nothing on the screens of a talk that never began, $colorScheme', async (options) => {
  stage.expectErrors(/40[34] \(/, /favicon/)
  const { session_token: token, widget_url } = await stage.createSession({
    settings: { allowed_domains: ['shop.test'] },
  })
  const visitor = await stage.openVisitor(options)
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

test.for(schemes)('axe finds nothing in a talk without typing and in a bubble, $colorScheme', async (options) => {
  const quiet = await openTalk(options, { session: { settings: { features: { text_input: false } } } })
  await quiet.widget.part('notice').waitFor()
  await expectNoBarriers(quiet.page)

  const bubble = await openTalk(options, { attributes: { mode: 'bubble' } })
  const launcher = bubble.page.locator('[data-parlor="launcher"]')
  await launcher.waitFor()
  await expectNoBarriers(bubble.page)
  await launcher.click()
  await bubble.widget.part('greeting').waitFor()
  await expectNoBarriers(bubble.page)
})
