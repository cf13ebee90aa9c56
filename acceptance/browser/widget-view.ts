import type { FrameLocator, Locator, Page } from 'playwright-core'

/** The widget of a page, by the hooks it keeps stable. */
export interface WidgetView {
  frame: FrameLocator
  /** A part of the frame, such as `composer`. */
  part(name: string): Locator
  field: Locator
  /** Waits until the talk is open. */
  isReady(): Promise<void>
  /** Types a message and sends it with Enter. */
  say(text: string): Promise<void>
  /** Asks, waits for the whole answer and returns it. */
  ask(text: string): Promise<Locator>
  /** Waits for the screen and returns its code. */
  screenCode(): Promise<string | null>
}

/** `outer` is the page, or a frame of it that holds the widget. */
export function viewWidget(outer: Pick<Page, 'frameLocator'>): WidgetView {
  const frame = outer.frameLocator('parlor-widget iframe')
  const part = (name: string) => frame.locator(`[data-parlor="${name}"]`)
  const field = part('composer').locator('textarea')
  const say = async (text: string) => {
    await field.fill(text)
    await field.press('Enter')
  }
  return {
    frame,
    part,
    field,
    isReady: () => frame.locator('[data-parlor="state"][data-state="idle"]').waitFor(),
    say,
    async ask(text) {
      const before = await part('message-agent').count()
      await say(text)
      const answer = part('message-agent').nth(before)
      await answer.and(frame.locator('[data-finish]')).waitFor()
      return answer
    },
    async screenCode() {
      await part('screen').waitFor()
      return part('screen').getAttribute('data-code')
    },
  }
}

/** What the loader draws into the page where there is no frame. */
export function refusalOf(outer: Pick<Page, 'locator'>): Locator {
  return outer.locator('parlor-widget [data-parlor="screen"]')
}
