import { type ErrorCode, errorCodes } from './codes.ts'

/** One thing that is wrong with a request: where, and why. */
export interface Fault {
  /** The way to the value: `['body', 'settings', 'max_duration']`. Core names fields in its own words; a wire renames them. */
  path: (string | number)[]
  message: string
  /** A stable word for the kind of fault, such as `missing` or `out_of_range`. */
  type: string
}

export interface ErrorDetails {
  /** For the caller: what is wrong and what to do. Falls back to the code's own words. */
  message?: string
  faults?: Fault[]
  /** Extra facts a wire may show, such as the rule that fired. Never secrets. */
  facts?: Readonly<Record<string, string | number | boolean>>
  /** What really happened; logged, never sent. */
  cause?: unknown
}

/** The one error Parlor throws on purpose. */
export class ParlorError extends Error {
  readonly code: ErrorCode
  readonly faults: readonly Fault[]
  readonly facts: Readonly<Record<string, string | number | boolean>>

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    const { meaning, whatToDo } = errorCodes[code]
    super(
      details.message ?? `${meaning} ${whatToDo}`,
      details.cause === undefined ? undefined : { cause: details.cause },
    )
    this.name = 'ParlorError'
    this.code = code
    this.faults = details.faults ?? []
    this.facts = details.facts ?? {}
  }
}

/** Shorthand for a refusal of one field. The message names it as every other one does: without the part it came in. */
export function refuseField(path: (string | number)[], type: string, message: string): ParlorError {
  const field = path[0] === 'body' && path.length > 1 ? path.slice(1) : path
  return new ParlorError('validation_failed', {
    message: `${field.join('.')}: ${message}`,
    faults: [{ path, type, message }],
  })
}
