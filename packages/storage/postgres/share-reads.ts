/**
 * Lets callers share a question: while one is under way, all who come share the next one, which is sent after they asked. However many
 * ask, one is sent at a time.
 */
export function shareReads<T>(read: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<unknown> = Promise.resolve()
  let next: Promise<T> | null = null
  return () => {
    next ??= underWay
      .catch(() => {})
      .then(() => {
        next = null
        const asked = read()
        underWay = asked
        return asked
      })
    return next
  }
}
