import { NoAnswerError, ParlorRequestError } from '@parlor/sdk'
import { CommanderError } from 'commander'
import { UsageError } from './usage-error.ts'

export interface Failure {
  code: string
  /** One sentence for a person. */
  message: string
  request_id?: string
}

/** 0: done. 1: it could not be done, or something was found. 2: the command was not called in a way it can be run. */
export function exitCodeFor(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  return error instanceof UsageError ? 2 : 1
}

/** What went wrong, without a stack trace. */
export function describeError(error: unknown): Failure {
  if (error instanceof ParlorRequestError) {
    const { code, message, requestId } = error
    return { code, message, ...(requestId !== undefined && { request_id: requestId }) }
  }
  if (error instanceof NoAnswerError) return { code: 'UNREACHABLE', message: error.message }
  const isUsage = error instanceof UsageError || error instanceof CommanderError
  const message = error instanceof Error ? error.message : String(error)
  return { code: isUsage ? 'USAGE' : 'FAILED', message: message.replace(/^error: /, '') }
}
