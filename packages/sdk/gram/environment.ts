type Setting = 'GRAM_API_KEY' | 'GRAM_API_URL' | 'GRAM_DEBUG' | 'GRAM_PROJECT' | 'PARLOR_BASE_URL'

/** A setting of the process, undefined when it is not set or empty. A page has none. */
export function fromEnvironment(name: Setting): string | undefined {
  return typeof process === 'undefined' ? undefined : process.env?.[name] || undefined
}
