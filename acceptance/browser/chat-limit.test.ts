import { expect, test } from 'vitest'
import { viewChat } from './chat-view.ts'
import { ticketQuestion } from './museum.ts'
import { useChatStage } from './use-chat-stage.ts'

const stage = useChatStage({ env: { PARLOR_LIMIT_MESSAGES: '1' } })

test('a session that has had all it may have is over, the page says so, and a new one goes on', async () => {
  const { page } = await stage.openVisitor()
  const chat = viewChat(page)
  await page.goto(stage.site.url)
  expect(await chat.ask(ticketQuestion)).toContain('Twelve euros')
  // The second question is refused with 402, and the old token with 401 after that.
  stage.expectErrors(/402 \(/, /blocked by CORS policy/, /net::ERR_FAILED/)
  await chat.say('And now?')
  await chat.isIn('ended')
  expect(await chat.screen.innerText()).toMatch(/limit/i)
  expect(stage.model.requests).toHaveLength(1)
  await chat.button('Start a new session').click()
  expect(await chat.ask('And now?')).toContain('Twelve euros')
})
