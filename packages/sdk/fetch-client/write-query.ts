import type { HTTPQuery } from './request-types.ts'

/** A query without its question mark: undefined is left out, arrays repeat their name, objects are written `name[inner]`. */
export function writeQuery(params: HTTPQuery, within = ''): string {
  return Object.entries(params)
    .flatMap(([key, value]) => writePairs(within === '' ? key : `${within}[${key}]`, value))
    .join('&')
}

function writePairs(name: string, value: unknown): string[] {
  if (value === undefined) return []
  if (Array.isArray(value) || value instanceof Set) return [...value].flatMap((one) => writePairs(name, one))
  if (value instanceof Date) return [`${encodeURIComponent(name)}=${encodeURIComponent(value.toISOString())}`]
  if (typeof value === 'object' && value !== null) {
    const inner = writeQuery(value as HTTPQuery, name)
    return inner === '' ? [] : [inner]
  }
  return [`${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`]
}
