import type { Operations } from '../types/operations.ts'
import { call, type Fields } from './call.ts'
import type { CallOptions } from './call-options.ts'
import type { OperationDetails } from './operation-details.ts'
import type { ParlorCore } from './parlor-core.ts'
import type { Result } from './result.ts'

type Asked<Request> =
  Record<string, never> extends Request
    ? [request?: Request, options?: CallOptions]
    : [request: Request, options?: CallOptions]

/** A function for one operation. It never throws for an answer, nor for one that did not come. */
export type OperationFunction<Id extends keyof Operations> = (
  core: ParlorCore,
  ...asked: Asked<Operations[Id]['request']>
) => Promise<Result<Operations[Id]['answer']>>

export function operation<Id extends keyof Operations>(_id: Id, details: OperationDetails): OperationFunction<Id> {
  const run = (core: ParlorCore, request: Fields = {}, options: CallOptions = {}) =>
    call(core, details, request, options)
  // What comes back is what the server's schemas let out.
  return run as OperationFunction<Id>
}
