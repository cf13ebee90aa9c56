import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { bringAxe, findBarriers } from './axe.ts'
import { viewChat } from './chat-view.ts'
import { ticketQuestion } from './museum.ts'
import { useChatStage } from './use-chat-stage.ts'

const stage = useChatStage()

async function openSite(url = stage.site.url) {
  const visitor = await stage.openVisitor()
  await bringAxe(visitor.page.context())
  await visitor.page.goto(url)
  return { ...visitor, chat: viewChat(visitor.page) }
}

/** By day and by night, on a desk and on a phone. */
async function expectNoBarriers(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const width of [1100, 360]) {
      await page.setViewportSize({ width, height: 720 })
      expect(await findBarriers(page), `${colorScheme} ${width}`).toEqual([])
    }
  }
  await page.setViewportSize({ width: 1100, height: 720 })
}

test('axe finds nothing on the example’s page before, in and after a talk', async () => {
  const { page, chat } = await openSite()
  await chat.isIn('ready')
  await expectNoBarriers(page)
  const words = [
    'See `x`:\n\n```\nlong code\n```\n\n- one\n- [two](https://ok.example/)\n\n> said\n\nTwelve euros [1].',
  ]
  stage.model.always({ does: 'says', words })
  await chat.ask(ticketQuestion)
  await chat.chats.first().waitFor()
  await expectNoBarriers(page)
  stage.model.always({ does: 'hangs', words: ['Twelve '] })
  await chat.say(ticketQuestion)
  await chat.isIn('answering')
  await expectNoBarriers(page)
  await chat.button('Stop').click()
  stage.expectErrors(/blocked by CORS policy/, /net::ERR_/)
  stage.relay.cut()
  await chat.say(ticketQuestion)
  await chat.isIn('offline')
  await expectNoBarriers(page)
  stage.relay.mend()
  await chat.button('End my session').click()
  await chat.isIn('ended')
  await expectNoBarriers(page)
})

test('axe finds nothing where Parlor refuses the example’s page', async () => {
  stage.expectErrors(/blocked by CORS policy/, /net::ERR_FAILED/)
  const { page, chat } = await openSite(stage.otherOrigin)
  await chat.isIn('refused')
  await expectNoBarriers(page)
})
