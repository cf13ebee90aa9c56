export interface ParlorOptions {
  /** Where Parlor is reached, such as `https://parlor.example`. A path in it is kept. */
  baseUrl: string
  /** A secret key, for backends; a publishable one where session passes are all that is wanted. */
  apiKey?: string | undefined
  /** The slug of the project that chat sessions belong to; an account with one project needs none. */
  project?: string | undefined
  /** The secret of an operator session, which some operations about projects and keys want instead of a key. */
  operatorSession?: string | undefined
  /** For each try, body included, in milliseconds; 60 000 unless said, 0 for no limit. */
  timeoutMs?: number | undefined
  /** How often to try again at most where that is safe; 2 unless said. */
  retries?: number | undefined
  /** Sent with every request. */
  headers?: Readonly<Record<string, string>> | undefined
  fetch?: typeof fetch | undefined
}

/**
 * What the standalone functions need of a client, and no more, for the smallest bundle.
 * @throws TypeError where an option can never work.
 * @example
 * const core = new ParlorCore({ baseUrl: 'https://parlor.example', apiKey: 'YOUR_KEY' })
 */
export class ParlorCore {
  readonly options: Readonly<ParlorOptions>

  constructor(options: ParlorOptions) {
    const baseUrl = options.baseUrl.replace(/\/+$/, '')
    if (!/^https?:\/\/[^/?#@]+(\/[^?#]*)?$/.test(baseUrl))
      throw new TypeError(`baseUrl is an address such as https://parlor.example, not ${JSON.stringify(baseUrl)}.`)
    // A header takes no other characters, and the words of the one that refuses them would show the key.
    if (options.apiKey !== undefined && !/^[\x21-\x7e]+$/.test(options.apiKey))
      throw new TypeError('apiKey is empty, or has spaces or other characters that no key has.')
    this.options = { ...options, baseUrl }
  }
}
