const canonicalUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** An id as it stands in the tables that grow: 16 bytes where it is a UUID in its canonical spelling, else as it is. */
export function packId(id: string): Uint8Array | string {
  return canonicalUuid.test(id) ? Buffer.from(id.replaceAll('-', ''), 'hex') : id
}

/** The id that was packed, letter for letter. */
export function unpackId(packed: Uint8Array | string): string {
  if (typeof packed === 'string') return packed
  const hex = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
