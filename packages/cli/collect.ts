/** A list that is short enough to be held whole. */
export async function collect<T>(items: AsyncIterable<T>, most = Number.POSITIVE_INFINITY): Promise<T[]> {
  const all: T[] = []
  if (most <= 0) return all
  for await (const item of items) {
    all.push(item)
    if (all.length >= most) break
  }
  return all
}
