import type { RetryRule } from '../transport/retry.ts'
import type { RetryConfig } from './options.ts'

/**
 * The retries of contracts 3.8, for one call that begins now. `isTransportFault` says of the last try whether what broke it was
 * the connection or the time, since nothing else that is thrown is worth another.
 */
export function retryRule(
  config: RetryConfig | undefined,
  codes: readonly (string | number)[] = [429, 500, 502, 503, 504],
  isTransportFault: () => boolean,
): RetryRule {
  const begun = Date.now()
  const { backoff, retryConnectionErrors } = config?.strategy === 'backoff' ? config : {}
  const { initialInterval = 500, maxInterval = 60_000, exponent = 1.5, maxElapsedTime = 3_600_000 } = backoff ?? {}
  const isInTime = () => Date.now() - begun <= maxElapsedTime
  const pattern = RegExp(`^(${codes.join('|').replace(/x/gi, '\\d')})$`)
  return {
    retries: (status) => pattern.test(`${status}`) && isInTime(),
    get retriesConnections() {
      return !!retryConnectionErrors && isTransportFault() && isInTime()
    },
    delayMs: (again, asked) =>
      Math.min(asked ?? initialInterval * again ** exponent + Math.random() * 1000, maxInterval),
    most: config?.strategy === 'backoff' ? 1 / 0 : 0,
    withinMs: 1 / 0,
  }
}
