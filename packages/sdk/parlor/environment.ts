type Setting = 'PARLOR_BASE_URL' | 'PARLOR_API_KEY'

/** A setting of the process without the blanks around it; undefined when it is not set or empty. A page has none. */
export function fromEnvironment(name: Setting): string | undefined {
  return typeof process === 'undefined' ? undefined : process.env?.[name]?.trim() || undefined
}
