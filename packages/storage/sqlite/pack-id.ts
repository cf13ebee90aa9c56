/** Where the hyphens of a UUID stand. */
const hyphens: ReadonlySet<number> = new Set([8, 13, 18, 23])
const uuidLength = 36
const hyphen = 45
const notHex = 255

const digits = '0123456789abcdef'
const valueOfDigit = new Uint8Array(128).fill(notHex)
for (const [value, digit] of [...digits].entries()) valueOfDigit[digit.charCodeAt(0)] = value

/**
 * An id as it stands in the tables that grow: 16 bytes where it is a UUID in its canonical spelling, else as it is.
 * A loop, because a pattern and `Buffer.from` together cost six times as much, and a session has seven ids.
 */
export function packId(id: string): Uint8Array | string {
  if (id.length !== uuidLength) return id
  const bytes = new Uint8Array(16)
  let filled = 0
  for (let index = 0; index < uuidLength; index += 2) {
    if (hyphens.has(index)) {
      if (id.charCodeAt(index) !== hyphen) return id
      index += 1
    }
    const high = valueOfDigit[id.charCodeAt(index)] ?? notHex
    const low = valueOfDigit[id.charCodeAt(index + 1)] ?? notHex
    if (high === notHex || low === notHex) return id
    bytes[filled] = (high << 4) | low
    filled += 1
  }
  return bytes
}

/** The id that was packed, letter for letter. */
export function unpackId(packed: Uint8Array | string): string {
  if (typeof packed === 'string') return packed
  return hyphenate(Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength).toString('hex'))
}

/**
 * A column of ids, spelled in SQL as text for `readId`: each row that hands its bytes over costs a buffer for every id, which
 * in a session are two thirds of what reading it takes.
 */
export function idAsText(column: string): string {
  return `iif(typeof(${column}) = 'blob', lower(hex(${column})), '=' || ${column}) AS ${column}`
}

/** The id that `idAsText` spelled. */
export function readId(text: string): string {
  return text.startsWith('=') ? text.slice(1) : hyphenate(text)
}

function hyphenate(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
