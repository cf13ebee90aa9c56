import { expect, test } from 'vitest'
import { museum, ticketQuestion } from './museum.ts'
import { useStage } from './use-stage.ts'
import { viewWidget } from './widget-view.ts'

const stage = useStage()

async function openWith(features: object) {
  const { session_token: token } = await stage.createSession({ settings: { features } })
  const visitor = await stage.openVisitor()
  await visitor.visit({ token })
  const widget = viewWidget(visitor.page)
  await widget.part('greeting').waitFor()
  return { ...visitor, widget }
}

test('without typing there is no field, and the visitor is told', async () => {
  const { widget } = await openWith({ text_input: false })
  const notice = widget.part('notice')
  await notice.waitFor()
  expect(await notice.getAttribute('data-code')).toBe('text_off')
  expect(await widget.part('composer').count()).toBe(0)
  expect(await widget.part('greeting').textContent()).toContain(museum.greeting)
})

test('with both inputs off the widget shows a notice and stands', async () => {
  const { widget } = await openWith({ text_input: false, voice_input: false })
  await widget.part('notice').waitFor()
  expect(await widget.part('notice').getAttribute('data-code')).toBe('input_off')
  expect(await widget.part('composer').count()).toBe(0)
})

test('without voice the visitor can still type', async () => {
  const { widget } = await openWith({ voice_input: false })
  const answer = await widget.ask(ticketQuestion)
  expect(await answer.getAttribute('data-answer-mode')).toBe('quotation')
})

test('without the knowledge base nothing is quoted from it', async () => {
  const { widget } = await openWith({ knowledge_base: false })
  const answer = await widget.ask(ticketQuestion)
  expect(await answer.textContent()).not.toContain('twelve')
  expect(await answer.locator('[data-parlor="citation"]').count()).toBe(0)
  expect(await answer.getAttribute('data-answer-mode')).toBe('notice')
})
