import { NoAnswerError } from './faults.ts'
import { askedDelay, type RetryRule } from './retry.ts'

export interface Sending {
  url: string
  init: RequestInit
  /** For each try, until the head of the answer is there, in milliseconds; 0 or absent for no limit. */
  timeoutMs?: number | undefined
  /** Whether a try is over only when the whole body is there: then the time counts for it too, and one that is cut is tried again. */
  whole?: boolean | undefined
  retry: RetryRule
  fetch?: typeof fetch | undefined
}

/**
 * Makes a request, again and again as the rule says, and resolves to the answer, whatever its status. A body must be one that can
 * be sent twice: text, bytes or a form.
 * @throws NoAnswerError
 */
export async function send(sending: Sending): Promise<Response> {
  const { retry, init } = sending
  const begun = Date.now()
  for (let again = 0; ; again++) {
    const outcome = await tryOnce(sending)
    const isAnswer = outcome instanceof Response
    const isWorth = isAnswer ? retry.retries(outcome.status) : outcome.reason !== 'aborted' && retry.retriesConnections
    const delay = retry.delayMs(again, isAnswer ? askedDelay(outcome.headers, Date.now()) : null)
    if (!isWorth || again >= retry.most || Date.now() + delay - begun > retry.withinMs) {
      if (isAnswer) return outcome
      throw outcome
    }
    // Nobody will read it; without this its connection stays taken.
    if (isAnswer) await outcome.body?.cancel()
    await pause(delay, init.signal ?? null)
  }
}

async function tryOnce({
  url,
  init,
  timeoutMs = 0,
  whole,
  fetch: ask = fetch,
}: Sending): Promise<Response | NoAnswerError> {
  const timer = new AbortController()
  const signals = [timer.signal, ...(init.signal ? [init.signal] : [])]
  const timeout = timeoutMs > 0 ? setTimeout(() => timer.abort(), timeoutMs) : undefined
  try {
    const response = await ask(url, { ...init, signal: AbortSignal.any(signals) })
    return whole ? await readWhole(response) : response
  } catch (cause) {
    if (init.signal?.aborted) return aborted(init.signal)
    if (timer.signal.aborted) return new NoAnswerError('timeout', `No answer within ${timeoutMs} ms.`, cause)
    return new NoAnswerError('connection', `No answer from ${new URL(url).origin}. Is Parlor running there?`, cause)
  } finally {
    clearTimeout(timeout)
  }
}

/** The same answer with its body at hand. */
async function readWhole(response: Response): Promise<Response> {
  // A status without a body refuses even an empty one, and 0 (a redirect a browser hides) cannot be made.
  if (!response.body) return response
  const { status, statusText, headers } = response
  return new Response(await response.arrayBuffer(), { status, statusText, headers })
}

async function pause(ms: number, signal: AbortSignal | null): Promise<void> {
  if (signal?.aborted) throw aborted(signal)
  await new Promise<void>((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(aborted(signal as AbortSignal))
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal?.addEventListener('abort', stop, { once: true })
  })
}

function aborted(signal: AbortSignal): NoAnswerError {
  return new NoAnswerError('aborted', 'The request was called off.', signal.reason)
}
