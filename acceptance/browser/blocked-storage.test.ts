import { expect, test } from 'vitest'
import { launchProfile } from './browser.ts'
import { ticketAnswer, ticketQuestion } from './museum.ts'
import { useStage } from './use-stage.ts'
import { viewWidget } from './widget-view.ts'

const stage = useStage()

async function openTalk(preferences: object) {
  const { session_token: token } = await stage.createSession()
  const visitor = await stage.adopt(await launchProfile(preferences))
  await visitor.visit({ token })
  const widget = viewWidget(visitor.page)
  await widget.isReady()
  return { ...visitor, widget }
}

test('in a browser that blocks all storage the widget works, and says that a reload begins anew', async () => {
  const { page, widget } = await openTalk({ profile: { default_content_setting_values: { cookies: 2 } } })
  const touch = () => page.evaluate(() => sessionStorage.length)
  await expect(touch()).rejects.toThrow('Access is denied')
  const notice = widget.part('notice')
  await notice.waitFor()
  expect(await notice.getAttribute('data-code')).toBe('no_keep')
  const answer = await widget.ask(ticketQuestion)
  expect(await answer.textContent()).toContain(ticketAnswer)
  await page.reload()
  await widget.isReady()
  expect(await widget.part('message-visitor').count()).toBe(0)
})

test('in a browser that blocks third parties the widget works and a reload goes on', async () => {
  const { page, widget } = await openTalk({ profile: { block_third_party_cookies: true, cookie_controls_mode: 1 } })
  await widget.ask(ticketQuestion)
  expect(await widget.part('notice').count()).toBe(0)
  await page.reload()
  await widget.part('message-agent').waitFor()
  expect(await widget.part('message-agent').textContent()).toContain(ticketAnswer)
})
