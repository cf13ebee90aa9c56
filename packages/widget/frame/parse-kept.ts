import type { Kept } from '@parlor/protocol'

/** A `Kept` and nothing else, or null: the page's storage may hold anything. */
export function parseKept(value: unknown): Kept | null {
  const { visitor, last_seq } = (value ?? {}) as Partial<Kept>
  if (typeof visitor?.id !== 'string' || typeof visitor.resume_key !== 'string') return null
  return { visitor: { id: visitor.id, resume_key: visitor.resume_key }, last_seq: Number(last_seq) || 0 }
}
