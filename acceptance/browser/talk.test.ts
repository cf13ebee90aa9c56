import { expect, test } from 'vitest'
import { holdAnswers } from './hold-answer.ts'
import { museum, ticketAnswer, ticketQuestion } from './museum.ts'
import { useStage } from './use-stage.ts'
import { viewWidget } from './widget-view.ts'

const stage = useStage()

async function openTalk() {
  const { session_token: token } = await stage.createSession()
  const visitor = await stage.openVisitor()
  await visitor.visit({ token })
  const widget = viewWidget(visitor.page)
  await widget.isReady()
  return { ...visitor, widget }
}

test('the agent shows its name and says its greeting', async () => {
  const { widget } = await openTalk()
  expect(await widget.frame.locator('h1').textContent()).toBe('Mira')
  expect(await widget.part('greeting').textContent()).toContain(museum.greeting)
  expect(await widget.part('face').getAttribute('aria-label')).toContain('Mira')
})

test('a long greeting is read from its beginning', async () => {
  const greeting = 'Ask me anything about the museum. '.repeat(50)
  const agentId = await stage.parlor.createAgent({ knowledgeBase: 'Nothing', greeting })
  const { session_token: token } = await stage.parlor.createSession(agentId)
  const visitor = await stage.openVisitor({ viewport: { width: 360, height: 640 } })
  await visitor.visit({ token })
  const widget = viewWidget(visitor.page)
  await widget.isReady()
  await widget.frame.getByRole('button', { name: 'Go to the newest message' }).waitFor()
  expect(await widget.part('log').evaluate((log) => log.scrollTop)).toBe(0)
})

test('in a talk from right to left a name in Latin letters stands beside the face', async () => {
  const { session_token: token } = await stage.createSession()
  const visitor = await stage.openVisitor()
  await visitor.visit({ token, lang: 'ar' })
  const widget = viewWidget(visitor.page)
  await widget.isReady()
  await widget.ask(ticketQuestion)
  const gap = await widget.frame.locator('h1').evaluate((name) => {
    const words = document.createRange()
    words.selectNodeContents(name)
    const face = document.querySelector('[data-parlor="face"]')
    return (face?.getBoundingClientRect().left ?? Number.NaN) - words.getBoundingClientRect().right
  })
  expect(gap).toBeGreaterThan(0)
  expect(gap).toBeLessThan(40)
})

test('an answer is labelled as a quotation and stands beside the question', async () => {
  const { widget } = await openTalk()
  const answer = await widget.ask(ticketQuestion)
  expect(await answer.getAttribute('data-answer-mode')).toBe('quotation')
  expect(await answer.textContent()).toContain(ticketAnswer)
  expect(await answer.textContent()).toContain('not written by AI')
  expect(await widget.part('message-visitor').textContent()).toContain(ticketQuestion)
  await expect.poll(() => widget.part('message-visitor').getAttribute('data-delivery')).toBe('acknowledged')
})

test('an answer is shown while it comes', async () => {
  const { session_token: token } = await stage.createSession()
  const visitor = await stage.openVisitor()
  const held = await holdAnswers(visitor.page)
  await visitor.visit({ token })
  const widget = viewWidget(visitor.page)
  await widget.isReady()
  await widget.say(ticketQuestion)
  const bubble = widget.part('message-agent').locator('.bubble')
  await bubble.getByText('Visiting the museum').waitFor()
  expect(await widget.part('message-agent').getAttribute('data-finish')).toBeNull()
  expect(await widget.part('state').getAttribute('data-state')).toBe('speaking')
  expect(await widget.part('log').getAttribute('aria-busy')).toBe('true')
  const before = (await bubble.textContent()) ?? ''
  held.release()
  await expect.poll(() => widget.part('message-agent').getAttribute('data-finish')).toBe('complete')
  const after = (await bubble.textContent()) ?? ''
  expect(after.length).toBeGreaterThan(before.length)
  expect(await widget.part('log').getAttribute('aria-busy')).toBe('false')
})

test('a citation opens the passage it stands for', async () => {
  const { widget } = await openTalk()
  const answer = await widget.ask(ticketQuestion)
  await answer.locator('[data-parlor="citation"]').first().click()
  const panel = widget.part('citation-panel')
  await panel.waitFor()
  expect(await panel.locator('h2').textContent()).toBe('Visiting the museum')
  const text = (await panel.textContent()) ?? ''
  expect(text).toContain('Tickets')
  expect(text).toContain('visiting.md')
  expect(await panel.locator('blockquote').textContent()).toContain(ticketAnswer)
  const link = panel.locator('a')
  expect(await link.getAttribute('href')).toMatch(/^https:\/\/museum\.example\/visiting/)
  expect(await link.getAttribute('rel')).toBe('noopener noreferrer')
  expect(await link.getAttribute('target')).toBe('_blank')
})

test('what the documents do not say is not made up', async () => {
  const { widget } = await openTalk()
  const answer = await widget.ask('Who invented the electric guitar pedal?')
  expect(await answer.getAttribute('data-answer-mode')).toBe('not_found')
  expect(await answer.locator('[data-parlor="citation"]').count()).toBe(0)
})

test('small talk is answered as small talk', async () => {
  const { widget } = await openTalk()
  const answer = await widget.ask('Hello!')
  expect(await answer.getAttribute('data-answer-mode')).toBe('small_talk')
  expect(await answer.locator('[data-parlor="citation"]').count()).toBe(0)
})

test('a visitor’s message keeps its lines and is not read as markup', async () => {
  const { widget } = await openTalk()
  await widget.field.fill('first *line*')
  await widget.field.press('Shift+Enter')
  await widget.field.pressSequentially('second <b>line</b>')
  await widget.field.press('Enter')
  const message = widget.part('message-visitor').locator('.bubble')
  await message.waitFor()
  expect(await message.textContent()).toBe('first *line*\nsecond <b>line</b>')
})
