/*
 * What texts of a body may hold, as patterns of JSON Schema. Control characters (C0, DEL and C1) are in no name anybody reads: they break
 * lines of logs and of terminals, and LiveKit refuses them in identities.
 */

const control = '\\u0000-\\u001F\\u007F-\\u009F'
const controlButLines = '\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F'

/** One line. */
export const oneLine = `^[^${control}]*$`
/** One line with something to see in it. */
export const namely = `^[^${control}]*[^\\s${control}][^${control}]*$`
/** Text with tabs and line breaks, and no other control characters. */
export const manyLines = `^[^${controlButLines}]*$`

const sayings: Readonly<Record<string, string>> = {
  [oneLine]: 'must have no control characters or line breaks',
  [namely]: 'must say something, without control characters or line breaks',
  [manyLines]: 'must have no control characters but tabs and line breaks',
}

/** What a text that does not match should be told; null for a pattern of somebody else's. */
export function sayPattern(pattern: unknown): string | null {
  return typeof pattern === 'string' ? (sayings[pattern] ?? null) : null
}
