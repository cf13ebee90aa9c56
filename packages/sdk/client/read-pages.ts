import type { List } from './answers.ts'

/**
 * Everything in a list, a page at a time, in its order.
 * @example
 * for await (const key of readPages((page) => parlor.admin.keys.list({ page }))) console.log(key.masked)
 */
export async function* readPages<T>(read: (page: number) => Promise<List<T>>): AsyncGenerator<T> {
  for (let page = 1; ; page += 1) {
    const { data, meta } = await read(page)
    yield* data
    if (!meta.has_next) return
  }
}
