import { NoAnswerError, ParlorCore, type ParlorRequestError } from '../functions/index.ts'
import { fromEnvironment } from '../parlor/environment.ts'
import { mintSession, type SessionForPage } from './mint-session.ts'
import { checkSessionOptions, type SessionOptions } from './session-options.ts'

/** What an adapter knows of who asks. */
export interface Caller<Request> {
  method: string
  /** The header `Sec-Fetch-Site`, which a page cannot set. */
  fetchSite: string | null | undefined
  /** For {@link SessionOptions.user}, and nothing else. */
  request: Request
}

/** What an adapter answers a page: a token with what belongs to it, or one sentence. */
export interface PageAnswer {
  status: 200 | 401 | 403 | 405 | 429 | 502 | 503
  headers: Record<string, string>
  body: SessionForPage | { error: string }
}

/**
 * What all adapters do: it makes a session as configured for whoever asks, and gives the page its token. Nothing of the key, and
 * nothing Parlor says to a backend, is in any answer. Rejects only with what `user` throws.
 * @throws TypeError where an option can never work.
 */
export function answerPages<Request>(
  options: SessionOptions<Request>,
): (caller: Caller<Request>) => Promise<PageAnswer> {
  checkSessionOptions(options)
  const core = openCore(options)
  const { user: userOf, allowCrossSite = false, onRefusal = logRefusal } = options
  return async ({ method, fetchSite, request }) => {
    if (method !== 'POST') return refuse(405, 'POST makes a session.', { allow: 'POST' })
    if (fetchSite === 'cross-site' && !allowCrossSite) return refuse(403, 'Not from another site.')
    const user = await userOf?.(request)
    if (user === null) return refuse(401, 'Log in first.')
    // An empty name would be one that all who have none share.
    const made = await mintSession(core, options, user || undefined)
    if (made.ok) return answer(200, made.value)
    onRefusal(made.error)
    return passOn(made.error)
  }
}

function openCore<Request>(options: SessionOptions<Request>): ParlorCore {
  const baseUrl = options.baseUrl ?? fromEnvironment('PARLOR_BASE_URL')
  const apiKey = options.apiKey ?? fromEnvironment('PARLOR_API_KEY')
  if (!baseUrl)
    throw new TypeError('Where is Parlor? Give baseUrl, such as https://parlor.example, or set PARLOR_BASE_URL.')
  if (!apiKey) throw new TypeError('There is no key. Give apiKey, or set PARLOR_API_KEY.')
  const { timeoutMs = 10_000, fetch } = options
  const project = options.kind === 'chat' ? options.project : undefined
  return new ParlorCore({ baseUrl, apiKey, project, timeoutMs, retries: 0, fetch })
}

/** What is the site's own fault or Parlor's is 502, however Parlor calls it: a visitor can do nothing about either. */
function passOn(error: ParlorRequestError | NoAnswerError): PageAnswer {
  if (error instanceof NoAnswerError) return refuse(503, 'Nobody can answer at the moment. Try again later.')
  const { status, retryAfterSeconds } = error
  const wait = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }
  if (status === 429) return refuse(429, 'Too many are asking at the moment. Try again later.', wait)
  if (status === 503) return refuse(503, 'Nobody can answer at the moment. Try again later.', wait)
  return refuse(502, 'No session could be made.')
}

function refuse(status: PageAnswer['status'], error: string, headers?: Record<string, string>): PageAnswer {
  return answer(status, { error }, headers)
}

/** A token is for the one who asked, and for now. */
function answer(status: PageAnswer['status'], body: PageAnswer['body'], headers?: Record<string, string>): PageAnswer {
  return { status, headers: { 'cache-control': 'no-store', ...headers }, body }
}

/** Code, status and request id: neither the key nor who asked is in them. */
function logRefusal(error: ParlorRequestError | NoAnswerError): void {
  const what =
    error instanceof NoAnswerError
      ? `no answer (${error.reason})`
      : `${error.code} (${error.status}, request ${error.requestId ?? 'without an id'})`
  console.error(`Parlor made no session: ${what}`)
}
