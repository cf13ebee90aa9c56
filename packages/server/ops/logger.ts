import { type DestinationStream, type Logger, pino } from 'pino'

/**
 * Structured logs: a static message, values in fields. Requests are logged by route pattern, never by URL, because a URL may
 * carry a token; headers and bodies are never logged; what a person said or is called may only stand under `pii`, which is cut.
 */
export function createLogger(
  level: string,
  destination: DestinationStream = pino.destination({ fd: 1, sync: false, minLength: 16_000, periodicFlush: 100 }),
): Logger {
  return pino(
    {
      level,
      base: null,
      redact: { paths: ['pii'], remove: true },
      serializers: { req: () => undefined, res: () => undefined, err: pino.stdSerializers.err },
    },
    destination,
  )
}
