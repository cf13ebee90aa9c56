import type { Page } from 'playwright-core'

/** An answer that stops half-way until it is let go. */
export interface HeldAnswer {
  /** Lets everything through that was held back, and holds nothing any more. */
  release(): void
}

/** Lets the beginning of each answer through and holds back the rest. Call it before the socket opens. */
export async function holdAnswers(page: Page, letters = 60): Promise<HeldAnswer> {
  const held: (() => void)[] = []
  let isHolding = true
  await page.routeWebSocket(/\/v1\/rt$/, (visitor) => {
    const server = visitor.connectToServer()
    let left = letters
    server.onMessage((message) => {
      const event = JSON.parse(String(message))
      const send = () => visitor.send(message)
      if (isHolding && left > 0 && event.type === 'message.delta') {
        visitor.send(JSON.stringify({ ...event, text: event.text.slice(0, left) }))
        left -= event.text.length
      } else if (isHolding && (left <= 0 || event.type === 'message.end')) held.push(send)
      else send()
    })
  })
  return {
    release() {
      isHolding = false
      for (const send of held.splice(0)) send()
    },
  }
}
