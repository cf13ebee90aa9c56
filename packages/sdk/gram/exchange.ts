import type { NoAnswerError } from '../transport/faults.ts'
import { send } from '../transport/send.ts'
import {
  ConnectionError,
  type HTTPClientError,
  InvalidRequestError,
  RequestAbortedError,
  RequestTimeoutError,
  UnexpectedClientError,
} from './client-errors.ts'
import { fromEnvironment } from './environment.ts'
import { ShapeError } from './fields.ts'
import type { SDKOptions } from './options.ts'
import type { APICall } from './result.ts'
import { retryRule } from './retry-rule.ts'
import { type Asking, type WireCall, type Written, writeRequest } from './write-request.ts'

/** What became of the tries of one call, written down as they are made. */
export interface Exchange {
  call: APICall
  /** The text of the last answer. */
  body: string
  /** Whether the last try broke for the connection or the time. */
  isTransportFault: boolean
  /** Whether a try may have worked although its answer did not say so. */
  mayBeDone: boolean
}

/**
 * Makes the tries of one call until there is an answer, whatever its status.
 * @throws ShapeError for credentials that are no text; HTTPClientError
 */
export async function exchange(client: SDKOptions, call: WireCall, asking: Asking, noted: Exchange): Promise<void> {
  const { retries, retryCodes, timeoutMs } = { ...asking.options }
  let written: Written
  try {
    written = writeRequest(client, call, asking)
  } catch (cause) {
    if (cause instanceof ShapeError) throw cause
    throw new InvalidRequestError('This cannot be written as a request; the cause says why.', { cause })
  }
  noted.call.status = 'request-error'
  try {
    await send({
      ...written,
      timeoutMs: timeoutMs ?? client.timeoutMs,
      retry: retryRule(retries ?? client.retryConfig, retryCodes, () => noted.isTransportFault),
      fetch: tryOnce(client, noted),
    })
    noted.call.status = 'complete'
  } catch (thrown) {
    throw toClientError(thrown as NoAnswerError)
  }
}

/** Makes one try, to the end of the answer. In the form of `fetch`. */
function tryOnce({ httpClient, debugLogger }: SDKOptions, noted: Exchange): typeof fetch {
  const logger = debugLogger ?? (fromEnvironment('GRAM_DEBUG') ? console : undefined)
  return async (input, init) => {
    const request = new Request(input, init)
    // A token may stand in the query.
    const line = `${request.method} ${request.url.split('?')[0]}`
    noted.call.request = request
    delete noted.call.response
    try {
      const response = await (httpClient ? httpClient.request(request) : fetch(request))
      noted.call.response = response
      noted.body = await response.text()
      noted.mayBeDone ||= response.status >= 500
      logger?.log(`${line}: ${response.status}`)
      return new Response(null, response)
    } catch (thrown) {
      noted.mayBeDone = true
      // By the standard, `fetch` rejects with a TypeError when there is no connection.
      noted.isTransportFault =
        thrown instanceof TypeError || request.signal.aborted || (thrown as Error)?.name === 'TimeoutError'
      logger?.log(`${line}: ${thrown}`)
      throw thrown
    }
  }
}

function toClientError({ reason, cause, message }: NoAnswerError): HTTPClientError {
  const name = (cause as Error | undefined)?.name
  if (reason === 'timeout' || name === 'TimeoutError') return new RequestTimeoutError(message, { cause })
  if (reason === 'aborted' || name === 'AbortError') return new RequestAbortedError(message, { cause })
  if (cause instanceof TypeError) return new ConnectionError(message, { cause })
  return new UnexpectedClientError(message, { cause })
}
