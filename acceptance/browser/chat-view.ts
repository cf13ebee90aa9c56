import type { Locator, Page } from 'playwright-core'

/** What a visitor of the example's page sees and does. */
export interface ChatView {
  /** Waits until the page is in this state. */
  isIn(state: 'ready' | 'thinking' | 'answering' | 'resuming' | 'offline' | 'refused' | 'ended'): Promise<void>
  field: Locator
  messages: Locator
  /** The latest answer. */
  answer: Locator
  chats: Locator
  notice: Locator
  screen: Locator
  button(name: string): Locator
  /** Types a question and sends it. */
  say(text: string): Promise<void>
  /** The same, and waits for the whole answer. */
  ask(text: string): Promise<string>
}

export function viewChat(page: Page): ChatView {
  const isIn: ChatView['isIn'] = async (state) => {
    await page.locator(`body[data-state="${state}"]`).waitFor()
  }
  const field = page.getByLabel('Your question')
  const answer = page.locator('.answer').last()
  const say = async (text: string) => {
    await field.fill(text)
    await field.press('Enter')
  }
  return {
    isIn,
    field,
    answer,
    messages: page.locator('#messages > li'),
    chats: page.locator('#chat-list button'),
    notice: page.locator('#notice'),
    screen: page.locator('#screen'),
    button: (name) => page.getByRole('button', { name, exact: true }),
    say,
    async ask(text) {
      await isIn('ready')
      const before = await page.locator('.answer').count()
      await say(text)
      await page.locator('.answer').nth(before).waitFor()
      await isIn('ready')
      return (await answer.innerText()).trim()
    },
  }
}
