import type { NoAnswerError, ParlorRequestError } from '../functions/index.ts'

/** What every adapter is told; `Request` is what its framework calls a request. */
interface EitherSessionOptions<Request> {
  /** Where Parlor is reached; `PARLOR_BASE_URL` of the environment unless said. */
  baseUrl?: string | undefined
  /** A secret key; `PARLOR_API_KEY` of the environment unless said. It never leaves this process. */
  apiKey?: string | undefined
  /**
   * Who asks, by your own log-in: your name for them, undefined for nobody in particular, or null for somebody who may not have a
   * session, who is answered 401. It is all that is taken from a request.
   */
  user?: ((request: Request) => string | null | undefined | Promise<string | null | undefined>) | undefined
  /** Whether pages of other sites may ask too (a browser says so in `Sec-Fetch-Site`); they are answered 403 unless said. */
  allowCrossSite?: boolean | undefined
  /** How long Parlor may take, in milliseconds; 10 000 unless said. There is one try: a page can ask again itself. */
  timeoutMs?: number | undefined
  /** Told of each session that could not be made; `console.error` with code, status and request id unless said. */
  onRefusal?: ((error: ParlorRequestError | NoAnswerError) => void) | undefined
  fetch?: typeof fetch | undefined
}

/** A token for a chat interface of your own. */
export interface ChatSessionOptions<Request> extends EitherSessionOptions<Request> {
  kind: 'chat'
  /** The slug of the project; an account with one project needs none. */
  project?: string | undefined
  /** The origin whose pages may use the token, such as `https://shop.example`. What the caller says it is counts for nothing. */
  embedOrigin: string
  /** Seconds, 1 to 3600; 3600 unless said. */
  expiresAfter?: number | undefined
}

/** A token for the widget, or for a live connection of your own. */
export interface WidgetSessionOptions<Request> extends EitherSessionOptions<Request> {
  kind: 'widget'
  /** Who speaks. */
  agentId: string
  /** The hosts whose pages may embed the session, such as `www.shop.example`; one below it is one of its own. It or `origins` is needed. */
  domains?: readonly string[] | undefined
  /** The origins whose pages may, such as `https://shop.example`. */
  origins?: readonly string[] | undefined
  /** What visitors may do; all of it unless said. */
  features?: { voiceInput?: boolean; textInput?: boolean; knowledgeBase?: boolean } | undefined
  /** Seconds, 1 to 86 400; as long as the server lets a session last unless said. */
  expiresAfter?: number | undefined
  /** Whether the first visitor keeps it for themselves. */
  singleUse?: boolean | undefined
  /** Whether no face is shown. */
  audioOnly?: boolean | undefined
}

export type SessionOptions<Request> = ChatSessionOptions<Request> | WidgetSessionOptions<Request>

const longest = { chat: 3600, widget: 86_400 } as const

/** Says at the start of a site what would otherwise be every visitor's error. @throws TypeError */
export function checkSessionOptions(options: SessionOptions<never>): void {
  const { kind, expiresAfter } = options
  if (kind !== 'chat' && kind !== 'widget') throw new TypeError("kind is 'chat' or 'widget'.")
  if (
    expiresAfter !== undefined &&
    !(Number.isInteger(expiresAfter) && expiresAfter > 0 && expiresAfter <= longest[kind])
  )
    throw new TypeError(`expiresAfter is whole seconds from 1 to ${longest[kind]}.`)
  if (kind === 'widget') {
    if (typeof options.agentId !== 'string' || options.agentId === '') throw new TypeError('agentId says who speaks.')
    const { origins = [], domains = [] } = options
    if (origins.length + domains.length === 0)
      throw new TypeError('origins or domains name the pages that may embed the session.')
    for (const origin of origins) checkOrigin('origins', origin)
  } else checkOrigin('embedOrigin', options.embedOrigin)
}

function checkOrigin(name: string, origin: string): void {
  if (originOf(origin) !== origin)
    throw new TypeError(
      `${name} has origins such as https://shop.example, to the letter; not ${JSON.stringify(origin)}.`,
    )
}

function originOf(address: string): string | null {
  try {
    return new URL(address).origin
  } catch {
    return null
  }
}
