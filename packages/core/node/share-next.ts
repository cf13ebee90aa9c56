/**
 * One piece of work for all who ask at about the same time. What is under way may have been begun too early for whoever asks now:
 * theirs is the next one, which begins when that has ended. So each gets work that began after the asking, and at most two
 * are wanted at once, however many ask.
 */
export function shareNext<T>(work: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<unknown> = Promise.resolve()
  let next: Promise<T> | null = null
  return () => {
    next ??= underWay
      .catch(() => {})
      .then(() => {
        next = null
        const begun = work()
        underWay = begun
        return begun
      })
    return next
  }
}
