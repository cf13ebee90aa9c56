import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { holdAnswers } from './hold-answer.ts'
import { ticketQuestion } from './museum.ts'
import { useStage } from './use-stage.ts'
import { viewWidget } from './widget-view.ts'

const stage = useStage()

/** What has the focus inside the widget's frame: its hook, its label or its name. */
function focused(page: Page): Promise<string | null | undefined> {
  const frame = page.frames().find((one) => one.url().includes('/embed?'))
  return (
    frame?.evaluate(() => {
      const { activeElement } = document
      return activeElement?.getAttribute('data-parlor') ?? activeElement?.getAttribute('aria-label')
    }) ?? Promise.resolve(undefined)
  )
}

async function openTalk(prepare?: (page: Page) => Promise<unknown>) {
  const { session_token: token } = await stage.createSession()
  const visitor = await stage.openVisitor()
  const prepared = await prepare?.(visitor.page)
  await visitor.visit({ token, after: '<a id="after" href="#">after</a>' })
  const widget = viewWidget(visitor.page)
  await widget.isReady()
  return { ...visitor, widget, prepared }
}

/** Presses Tab until this has the focus. */
async function tabTo(page: Page, wanted: string): Promise<void> {
  const seen: unknown[] = []
  for (let steps = 0; steps < 15; steps++) {
    await page.keyboard.press('Tab')
    const here = await focused(page)
    if (here === wanted) return
    seen.push(here)
  }
  throw new Error(`Tab never came to ${wanted}, but to ${seen.join(', ')}`)
}

test('a talk can be had by keyboard alone: ask, read a citation, ask on', async () => {
  const { page, widget } = await openTalk()
  await tabTo(page, 'Your message')
  await page.keyboard.type(ticketQuestion)
  await page.keyboard.press('Enter')
  await widget.part('message-agent').and(widget.frame.locator('[data-finish="complete"]')).waitFor()
  // Sending leaves the focus where the visitor writes.
  expect(await focused(page)).toBe('Your message')
  expect(await widget.field.inputValue()).toBe('')

  await page.keyboard.press('Shift+Tab')
  expect(await focused(page)).toBe('citation')
  await page.keyboard.press('Enter')
  await widget.part('citation-panel').waitFor()
  await tabTo(page, 'Close')
  await page.keyboard.press('Escape')
  await widget.part('citation-panel').waitFor({ state: 'detached' })
  expect(await focused(page)).toBe('citation')

  await page.keyboard.press('Enter')
  await widget.part('citation-panel').waitFor()
  await tabTo(page, 'Close')
  await page.keyboard.press('Enter')
  await widget.part('citation-panel').waitFor({ state: 'detached' })
})

test('Tab goes through the widget in reading order and out of it again', async () => {
  const { page, widget } = await openTalk()
  const answer = await widget.ask(ticketQuestion)
  const citations = await answer.locator('[data-parlor="citation"]').count()
  await widget.field.fill('a draft')
  await page.locator('body').click({ position: { x: 1, y: 1 } })
  const order: unknown[] = []
  for (let steps = 0; steps < 12; steps++) {
    await page.keyboard.press('Tab')
    if (await page.evaluate(() => document.activeElement?.id === 'after')) break
    order.push(await focused(page))
  }
  expect(order).toEqual(['log', ...Array(citations).fill('citation'), 'Your message', 'send'])
})

test('an answer can be stopped by keyboard', async () => {
  const { page, watch, widget } = await openTalk(holdAnswers)
  await widget.field.focus()
  await page.keyboard.type(ticketQuestion)
  await page.keyboard.press('Enter')
  await widget.part('stop').waitFor()
  await page.keyboard.press('Tab')
  expect(await focused(page)).toBe('stop')
  await page.keyboard.press('Enter')
  await expect.poll(() => watch.sent.some(({ type }) => type === 'interrupt')).toBe(true)
})

test('what is new is announced politely, and who speaks is said', async () => {
  const { widget } = await openTalk()
  await widget.ask(ticketQuestion)
  const log = widget.part('log')
  expect(await log.getAttribute('role')).toBe('log')
  expect(await log.getAttribute('aria-live')).toBe('polite')
  expect(await widget.part('message-visitor').textContent()).toMatch(/^You: /)
  expect(await widget.part('message-agent').textContent()).toMatch(/^Mira: /)
  expect(await widget.field.getAttribute('aria-label')).toBe('Your message')
  expect(await widget.frame.locator('[role="status"][data-parlor="state"]').count()).toBe(1)
})

test('who wants less motion gets none, and the server hears of it', async () => {
  const running = (page: Page) =>
    page
      .frames()
      .find((one) => one.url().includes('/embed?'))
      ?.evaluate(() => document.getAnimations().length)
  const { session_token: token } = await stage.createSession()
  const still = await stage.openVisitor({ reducedMotion: 'reduce' })
  await still.visit({ token })
  await viewWidget(still.page).isReady()
  await viewWidget(still.page).ask(ticketQuestion)
  expect(await running(still.page)).toBe(0)
  expect(still.watch.sent[0]).toMatchObject({ type: 'hello', reduced_motion: true })

  const moving = await stage.openVisitor({ reducedMotion: 'no-preference' })
  await moving.visit({ token })
  await viewWidget(moving.page).isReady()
  expect(await running(moving.page)).toBeGreaterThan(0)
  expect(moving.watch.sent[0]).toMatchObject({ type: 'hello', reduced_motion: false })
})
