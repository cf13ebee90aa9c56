import type { Page, Paged, Visibility } from '@parlor/core/agent'
import type { ListQuery } from './schemas.ts'

const defaultSize = 20
const largestSize = 100

export interface ListWindow {
  page: Page
  number: number
  size: number
  visibility: Visibility
}

/** `page_size` wins over `limit`; sizes are capped (contracts 1.2). `my` is an older word for `private` (K17). */
export function windowFrom(query: ListQuery): ListWindow {
  const size = Math.min(query.page_size ?? query.limit ?? defaultSize, largestSize)
  const visibility = query.scope === 'my' ? 'private' : query.scope
  return { page: { offset: (query.page - 1) * size, limit: size }, number: query.page, size, visibility }
}

/** Both list forms at once (contracts K7): `data` and the plural name, `meta` and `pagination`. */
export function renderList<T>(plural: string, list: Paged<T>, window: ListWindow) {
  const { number: page, size } = window
  const { total } = list
  const total_pages = Math.ceil(total / size)
  return {
    data: list.items,
    [plural]: list.items,
    meta: {
      page,
      page_size: size,
      limit: size,
      total,
      total_pages,
      has_next: page < total_pages,
      has_prev: page > 1 && total > 0,
    },
    pagination: { page, limit: size, total, total_pages },
  }
}
