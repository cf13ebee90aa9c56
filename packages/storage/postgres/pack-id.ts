import { hash } from 'node:crypto'

/** A UUID in its canonical spelling. Version 8 is ours: it stands for a text that is no UUID. */
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-79a-f][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * An id as it stands in the tables that grow, whose columns are UUIDs: itself where it is one, else one made from its digest
 * (version 8, 122 bits of SHA-256). No UUID that is passed in can be mistaken for such a one.
 */
export function packId(id: string): string {
  if (id.length === 36 && uuid.test(id)) return id
  const hex = hash('sha256', Buffer.from(id, 'utf16le'), 'hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export function packOrNull(id: string | null): string | null {
  return id === null ? null : packId(id)
}

/** Ids of a row that are no UUIDs, by the name of their field; as JSON beside the row. Null where there are none, as nearly always. */
export function oddIds(ids: Readonly<Record<string, string | null>>): string | null {
  let odd: Record<string, string> | null = null
  for (const [field, id] of Object.entries(ids)) {
    if (id === null || packId(id) === id) continue
    odd ??= {}
    odd[field] = id
  }
  return odd === null ? null : JSON.stringify(odd)
}

/** Gives a row back the ids that `oddIds` kept, letter for letter. */
export function withOddIds<T extends object>(row: T, odd: string | null): T {
  return odd === null ? row : { ...row, ...JSON.parse(odd) }
}
