import { expect, test } from 'vitest'
import { ticketQuestion } from './museum.ts'
import { useStage } from './use-stage.ts'
import { viewWidget, type WidgetView } from './widget-view.ts'

const stage = useStage()
const socketFailed = /WebSocket connection to .* failed|ERR_CONNECTION|ERR_EMPTY_RESPONSE/

async function openTalk() {
  const { session_token: token } = await stage.createSession()
  const visitor = await stage.openVisitor()
  await visitor.visit({ token })
  const widget = viewWidget(visitor.page)
  await widget.isReady()
  return { ...visitor, widget }
}

/** What was said, one line for each message, by whom. */
function transcript({ part }: WidgetView): Promise<string[]> {
  return part('log')
    .locator('[data-parlor="message-visitor"], [data-parlor="message-agent"]')
    .evaluateAll((all) =>
      all.map((one) => `${(one as HTMLElement).dataset.parlor}: ${one.querySelector('.bubble')?.textContent}`),
    )
}

test('a reload goes on with the same visitor and the whole transcript', async () => {
  const { page, watch, widget } = await openTalk()
  await widget.ask(ticketQuestion)
  const before = await transcript(widget)
  expect(await widget.part('notice').count()).toBe(0)
  await page.reload()
  await widget.isReady()
  await expect.poll(() => transcript(widget)).toEqual(before)
  await widget.ask('When does the museum open?')
  expect(await transcript(widget)).toHaveLength(4)
  const visitors = watch.sent.filter(({ type }) => type === 'hello').map(({ visitor }) => visitor !== undefined)
  expect(visitors).toEqual([false, true])
})

test('what the page keeps holds no token', async () => {
  const { page, widget, watch } = await openTalk()
  await widget.ask(ticketQuestion)
  const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage }))
  expect(kept).toContain('resume_key')
  const token = watch.sent.find(({ type }) => type === 'hello')?.token
  expect(String(token)).toMatch(/^eyJ/)
  expect(kept).not.toContain(token)
})

test('a lost connection keeps the draft, sends what was written once, and repeats nothing', async () => {
  stage.expectErrors(socketFailed)
  const { watch, widget } = await openTalk()
  await widget.ask(ticketQuestion)
  stage.relay.cut()
  await widget.part('banner').waitFor()
  expect(await widget.part('state').getAttribute('data-state')).toBe('offline')

  await widget.say('When does the museum open?')
  const waiting = widget.part('message-visitor').nth(1)
  await waiting.waitFor()
  expect(await waiting.getAttribute('data-delivery')).toBe('pending')
  await widget.field.fill('a thought half')
  stage.relay.mend()
  await widget.part('message-agent').nth(1).and(widget.frame.locator('[data-finish="complete"]')).waitFor()
  await widget.part('banner').waitFor({ state: 'detached' })
  expect(await widget.field.inputValue()).toBe('a thought half')

  const said = await transcript(widget)
  expect(said).toHaveLength(4)
  expect(said[3]).toContain('nine in the morning')
  const texts = watch.sent.filter(({ type }) => type === 'user.text')
  expect(new Set(texts.map(({ id }) => id)).size).toBe(2)
})

test('a message whose acknowledgement was lost on the way is there once, and answered once', async () => {
  const { session_token: token } = await stage.createSession()
  const visitor = await stage.openVisitor()
  let connections = 0
  await visitor.page.routeWebSocket(/\/v1\/rt$/, (socket) => {
    const server = socket.connectToServer()
    if (++connections > 1) return
    let isLost = false
    socket.onMessage((message) => {
      isLost ||= JSON.parse(String(message)).type === 'user.text'
      server.send(message)
    })
    server.onMessage((message) => {
      if (!isLost) socket.send(message)
      // The server has stored question and answer, and the visitor has heard of neither.
      else if (JSON.parse(String(message)).type === 'message.end') socket.close({ code: 1001 })
    })
  })
  await visitor.visit({ token })
  const widget = viewWidget(visitor.page)
  await widget.isReady()
  const answer = await widget.ask(ticketQuestion)
  expect(connections).toBe(2)
  expect(await answer.getAttribute('data-finish')).toBe('complete')
  await widget.ask('When does the museum open?')
  expect(await transcript(widget)).toHaveLength(4)
  await visitor.page.reload()
  await widget.isReady()
  await expect.poll(() => transcript(widget).then(({ length }) => length)).toBe(4)
})

test('a server that was killed and came back goes on with every talk', async () => {
  stage.expectErrors(socketFailed)
  const { widget } = await openTalk()
  await widget.ask(ticketQuestion)
  const before = await transcript(widget)
  await stage.parlor.kill()
  await widget.part('banner').waitFor()
  await widget.say('When does the museum open?')
  await stage.parlor.restart()
  await widget.part('message-agent').nth(1).and(widget.frame.locator('[data-finish="complete"]')).waitFor()
  const after = await transcript(widget)
  expect(after.slice(0, 2)).toEqual(before)
  expect(after).toHaveLength(4)
  // The server, too, holds each message once.
  expect(await widget.part('message-visitor').count()).toBe(2)
})

test('where Parlor is not reached at all the visitor is told, and it goes on by itself once it is', async () => {
  stage.expectErrors(socketFailed)
  const { session_token: token } = await stage.createSession()
  const visitor = await stage.openVisitor()
  await visitor.context.routeWebSocket(/\/v1\/rt$/, (socket) => {
    if (isDown) socket.close({ code: 1013 })
    else socket.connectToServer()
  })
  let isDown = true
  await visitor.visit({ token })
  const widget = viewWidget(visitor.page)
  expect(await widget.screenCode()).toBe('offline')
  isDown = false
  await widget.part('retry').click()
  await widget.isReady()
  expect(await widget.part('screen').count()).toBe(0)
})
