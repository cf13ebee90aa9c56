import { type CallOptions, ParlorRequestError, type Result, unwrap } from '../functions/index.ts'

/** How a list goes on. */
export interface Paging<Page, Item, Query> {
  items(page: Page): readonly Item[]
  /** What to ask for to get the next page; null after the last. */
  next(page: Page, items: readonly Item[]): Partial<Query> | null
}

/**
 * A list: one page when it is awaited, and everything in it, page by page, when it is iterated over. Nothing is asked before that.
 * @example
 * const { data, meta } = await parlor.agents.list({ page_size: 50 })
 * @example
 * for await (const agent of parlor.agents.list()) console.log(agent.name)
 */
export class Listing<Page, Item> implements PromiseLike<Page>, AsyncIterable<Item> {
  readonly #first: () => Promise<Page>
  readonly #all: (first: Promise<Page>) => AsyncGenerator<Item>
  #asked: Promise<Page> | undefined

  constructor(first: () => Promise<Page>, all: (first: Promise<Page>) => AsyncGenerator<Item>) {
    this.#first = first
    this.#all = all
  }

  // biome-ignore lint/suspicious/noThenProperty: a page is what it resolves to
  then<A = Page, B = never>(
    fulfilled?: ((page: Page) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#page().then(fulfilled, rejected)
  }

  /** As of a promise of the first page. */
  catch<B = never>(rejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<Page | B> {
    return this.#page().catch(rejected)
  }

  /** As of a promise of the first page. */
  finally(settled?: (() => void) | null): Promise<Page> {
    return this.#page().finally(settled)
  }

  [Symbol.asyncIterator](): AsyncGenerator<Item> {
    return this.#all(this.#page())
  }

  #page(): Promise<Page> {
    this.#asked ??= this.#first()
    return this.#asked
  }
}

/** A list read by `read`, which is called once for each page. */
export function listing<Page, Item, Query extends object>(
  read: (query: Query, options: CallOptions) => Promise<Result<Page>>,
  paging: Paging<Page, Item, Query>,
  query: Query,
  options: CallOptions = {},
): Listing<Page, Item> {
  async function* all(first: Promise<Page>): AsyncGenerator<Item> {
    let page = await first
    for (;;) {
      const items = paging.items(page)
      if (!Array.isArray(items)) throw notAList()
      yield* items
      // A page with nothing on it is the last, whatever it says of itself.
      const next = items.length === 0 ? null : paging.next(page, items)
      if (next === null) return
      page = await unwrap(read({ ...query, ...next }, options))
    }
  }
  return new Listing(() => unwrap(read(query, options)), all)
}

function notAList(): ParlorRequestError {
  return new ParlorRequestError("This answer is not one of Parlor's.", { status: 200, code: 'INVALID_ANSWER' })
}

interface Paged {
  data: unknown[]
  meta: { page: number; has_next: boolean }
}

/** Lists whose pages are numbered from 1. */
export function byPage<Page extends Paged>(): Paging<Page, Page['data'][number], { page?: number }> {
  return {
    items: ({ data }) => data,
    next: ({ meta }) => (meta.has_next ? { page: meta.page + 1 } : null),
  }
}

/** Lists of which so many are left out first. */
export function bySkip<Page extends { skip: number; total: number }, Item>(
  items: (page: Page) => readonly Item[],
): Paging<Page, Item, { skip?: number }> {
  return {
    items,
    next: ({ skip, total }, { length }) => (skip + length < total ? { skip: skip + length } : null),
  }
}
