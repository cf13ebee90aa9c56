import { expect, test } from 'vitest'
import { ticketAnswer, ticketQuestion } from './museum.ts'
import { countOpenSockets } from './open-sockets.ts'
import type { Visitor } from './stage.ts'
import { useStage } from './use-stage.ts'
import { viewWidget } from './widget-view.ts'

const stage = useStage({ env: { PARLOR_LIMIT_MESSAGES: '2' } })

async function openTalk(token: string) {
  const visitor = await stage.openVisitor()
  await visitor.visit({ token })
  const widget = viewWidget(visitor.page)
  await widget.isReady()
  return { ...visitor, widget }
}

/** The screen another visitor gets who comes with the same token now. */
async function screenForNext(token: string): Promise<string | null> {
  const late: Visitor = await stage.openVisitor()
  await late.visit({ token })
  return viewWidget(late.page).screenCode()
}

test('one call cuts both visitors of a token, who can still read what was said', async () => {
  const session = await stage.createSession()
  const first = await openTalk(session.session_token)
  const second = await openTalk(session.session_token)
  await first.widget.ask(ticketQuestion)
  await expect.poll(() => countOpenSockets(stage.parlor)).toBe(2)
  const listening = await Promise.all([first, second].map(({ page }) => listenForEnd(page)))
  const { status } = await stage.parlor.endSession(session.session_id)
  expect(status).toBe(200)
  await expect.poll(() => countOpenSockets(stage.parlor)).toBe(0)
  expect(await Promise.all(listening.map((untilEnd) => untilEnd()))).toEqual([
    { reason: 'revoked', code: 4411 },
    { reason: 'revoked', code: 4411 },
  ])

  for (const { widget } of [first, second]) {
    expect(await widget.screenCode()).toBe('4411')
    // Who is gone for good is not merely out of reach.
    expect(await widget.part('state').textContent()).toBe('Ended')
    expect(await widget.part('composer').count()).toBe(0)
  }
  expect(await first.widget.part('message-agent').textContent()).toContain(ticketAnswer)
  expect(await first.widget.part('message-agent').isVisible()).toBe(true)
  expect(await screenForNext(session.session_token)).toBe('4411')
})

/** Listens for the element's word that the talk is over; once this resolves, nothing is missed. The result waits for it. */
async function listenForEnd(page: Visitor['page']): Promise<() => Promise<unknown>> {
  const heard = await page.evaluateHandle(() => ({
    end: new Promise((resolve) => addEventListener('parlor-ended', (event) => resolve((event as CustomEvent).detail))),
  }))
  return () => heard.evaluate(({ end }) => end)
}

test('a session that runs out counts down, ends by itself, and its token opens nothing more', async () => {
  const { session_token: token, session_id } = await stage.createSession({ settings: { max_duration: 5 } })
  const { widget } = await openTalk(token)
  const countdown = widget.part('countdown')
  await countdown.waitFor()
  expect(Number(await countdown.getAttribute('data-seconds'))).toBeLessThanOrEqual(5)
  expect(await widget.screenCode()).toBe('4410')
  expect(await widget.part('composer').count()).toBe(0)
  expect(await screenForNext(token)).toBe('4410')
  const { body } = await stage.parlor.request('GET', `/v1/widget/sessions/${session_id}`)
  expect(body.status).toBe('expired')
})

test('a session that has used up its messages says so', async () => {
  const { session_token: token } = await stage.createSession()
  const { widget } = await openTalk(token)
  const answer = await widget.ask(ticketQuestion)
  await widget.ask('When does the museum open?')
  await widget.say('When does the museum close?')
  expect(await widget.screenCode()).toBe('4412')
  expect(await answer.textContent()).toContain(ticketAnswer)
  expect(await screenForNext(token)).toBe('4412')
})

test('the same visitor in a second window takes the talk along, and can bring it back', async () => {
  const { session_token: token } = await stage.createSession()
  const visitor = await stage.openVisitor()
  await visitor.visit({ token })
  const older = viewWidget(visitor.page)
  await older.isReady()
  await older.ask(ticketQuestion)

  // A window opened by the page starts with a copy of its session storage.
  const popup = visitor.context.waitForEvent('page')
  await visitor.page.evaluate(() => void window.open(location.href))
  const newer = viewWidget(await popup)
  await newer.isReady()
  await newer.part('message-agent').waitFor()
  expect(await older.screenCode()).toBe('4409')

  await older.part('use_here').click()
  await older.isReady()
  expect(await newer.screenCode()).toBe('4409')
  expect(await older.part('message-agent').count()).toBe(1)
})

test('a token that was tampered with is told apart from a site that is refused', async () => {
  const { session_token } = await stage.createSession()
  const [header, claims, signature = ''] = session_token.split('.')
  const forged = `${header}.${claims}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
  expect(await screenForNext(forged)).toBe('4401')
})
