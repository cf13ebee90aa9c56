import { randomUUID } from 'node:crypto'

/** Ids that share a beginning: some pages of an index hold as many. */
const idsPerBeginning = 512
const beginningLength = 8

let beginning = ''
let left = 0

/**
 * A token's id: a UUIDv4 of which 90 bits are random each time and the first 32 anew after every 512. Ids made one after
 * the other thus stand together in a store's index, which else would touch another page for each of a million sessions.
 */
export function newTokenId(): string {
  const id = randomUUID()
  if (left === 0) {
    beginning = id.slice(0, beginningLength)
    left = idsPerBeginning
  }
  left -= 1
  return beginning + id.slice(beginningLength)
}
