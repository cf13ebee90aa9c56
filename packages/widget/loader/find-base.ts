/** Where the loader of an address belongs to, pinned to a version or not, with a slash at the end; null for any other address. */
export function baseOf(scriptUrl: string | undefined): string | null {
  return /^https?:[^?#]*?\/(?=(embed\/[^/]+\/)?embed\.js)/.exec(scriptUrl ?? '')?.[0] ?? null
}

/** Where Parlor is: beside this script. Must run while the script does, for only then is there a `currentScript`. */
export function findBase(page: Document): string | null {
  const script = page.currentScript ?? page.querySelector('script[src*="/embed.js"]')
  return baseOf((script as HTMLScriptElement | null)?.src)
}
