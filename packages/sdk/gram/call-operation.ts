import type { GramCore } from './core.ts'
import { SDKValidationError } from './errors.ts'
import type { Exchange } from './exchange.ts'
import { ShapeError } from './fields.ts'
import { type Expected, readAnswer } from './read-answer.ts'
import type { APICall, APIPromise, Result } from './result.ts'
import type { Credentials } from './security.ts'
import type { Asking, WireCall } from './write-request.ts'

/** One operation of the wire. */
export interface Operation<Asked> {
  /** @throws ShapeError */
  write(request: Asked): WireCall
  expected: Expected
  /** The status that means success when an earlier try may have done it already. */
  doneAlready?: number
}

/** Calls it. The promise never rejects. */
export function callOperation<Asked extends Credentials, T, E>(
  core: GramCore,
  operation: Operation<Asked>,
  asking: Asking<Asked>,
): APIPromise<Result<T, E>> {
  const noted: Exchange = { call: { status: 'invalid' }, body: '', isTransportFault: false, mayBeDone: false }
  const inspected = attempt(core, operation, asking, noted).then(
    // `readAnswer` has checked it.
    (value): [Result<T, E>, APICall] => [{ ok: true, value: value as T }, noted.call],
    // `E` is every class of error there is.
    (error): [Result<T, E>, APICall] => [{ ok: false, error: error as E }, noted.call],
  )
  return Object.assign(
    inspected.then(([result]) => result),
    { $inspect: () => inspected },
  )
}

/** @throws CallError */
async function attempt<Asked extends Credentials>(
  core: GramCore,
  { write, expected, doneAlready }: Operation<Asked>,
  asking: Asking<Asked>,
  noted: Exchange,
): Promise<unknown> {
  try {
    await core.exchange(write(asking.request), asking, noted)
  } catch (thrown) {
    throw thrown instanceof ShapeError ? new SDKValidationError(thrown, asking.request) : thrown
  }
  // It came, or `exchange` had thrown.
  const response = noted.call.response as Response
  if (response.status === doneAlready && noted.mayBeDone) return
  return readAnswer({ response, body: noted.body }, expected)
}
