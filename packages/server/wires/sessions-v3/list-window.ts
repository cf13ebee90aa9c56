import type { Page, Paged } from '@parlor/core/agent'
import Type from 'typebox'

const defaultTake = 20
const mostTake = 50
/** Beyond this a number is a mistake, and stores would not count with it exactly. */
const mostSkip = 1_000_000_000

/** What every list of this wire takes (contracts 2.2, E16); numbers may come as text. */
export const ListQuery = Type.Object({
  take: Type.Optional(Type.Number({ description: `How many, ${defaultTake} if unsaid; ${mostTake} at most.` })),
  skip: Type.Optional(Type.Number({ description: 'How many to leave out first.' })),
  client: Type.Optional(Type.String({ maxLength: 500, description: 'Only what was made for this client.' })),
})
export type ListQuery = Type.Static<typeof ListQuery>

export interface ListWindow {
  page: Page
  /** Exactly this client; absent for everybody's. */
  filter: { client?: string }
}

/**
 * Numbers out of range are moved into it: older clients ask for more, and a refusal would break them (contracts 2.2). A part of
 * one is dropped: the wire's own documents ask for 8.14.
 */
export function windowFrom({ take = defaultTake, skip = 0, client }: ListQuery): ListWindow {
  return {
    page: { offset: within(skip, mostSkip), limit: within(take, mostTake) },
    filter: client === undefined || client === '' ? {} : { client },
  }
}

/** `{ skip, take, total, <plural> }`, with the numbers that counted. */
export function renderList<T>(plural: string, { items, total }: Paged<T>, { page }: ListWindow) {
  return { skip: page.offset, take: page.limit, total, [plural]: items }
}

function within(number: number, most: number): number {
  return Math.min(Math.max(Math.floor(number), 0), most)
}
