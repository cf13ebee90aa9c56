/**
 * A page holds a session's token and nothing else: what stands in a page is anybody's.
 * @throws TypeError for anything that looks like an API key, or is empty.
 */
export function checkToken(token: string): void {
  if (/^(prl|sk|pk|gram|key)[-_]/i.test(token))
    throw new TypeError(
      'This is an API key, which whoever opens the page could take. Make a session on your backend and use its token.',
    )
  if (!/^[\x21-\x7e]+$/.test(token)) throw new TypeError('There is no token.')
}

/** @throws TypeError unless it is an address; what comes back has no slash at its end. */
export function checkAddress(url: string, schemes: RegExp): string {
  if (schemes.test(url)) return url.replace(/\/+$/, '')
  throw new TypeError(`url is no address: ${url}`)
}
