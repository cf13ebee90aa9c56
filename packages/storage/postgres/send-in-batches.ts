/** Sends what is waiting all at once, one batch at a time, in the order in which it came. Each promise is that of its batch. */
export function sendInBatches(send: (items: string[]) => Promise<void>): (item: string) => Promise<void> {
  let waiting: string[] = []
  let next: Promise<void> | null = null
  let last: Promise<void> = Promise.resolve()
  return (item) => {
    waiting.push(item)
    next ??= last
      .catch(() => {})
      .then(() => {
        const items = waiting
        waiting = []
        next = null
        last = send(items)
        return last
      })
    return next
  }
}
