/** What a standalone function resolves to. It rejects for no answer of a server. */
export type Result<T, E = unknown> = { ok: true; value: T; error?: never } | { ok: false; value?: never; error: E }

/** How far a call came. `invalid` is one that was never sent, `request-error` one without a (whole) answer. */
export interface APICall {
  status: 'complete' | 'request-error' | 'invalid'
  /** As it was sent last. */
  request?: Request
  /** As it came last; its body is read already. */
  response?: Response
}

/** A promise that also tells what was sent for it. */
export interface APIPromise<T> extends Promise<T> {
  $inspect(): Promise<[T, APICall]>
}

/** The value of a result. @throws its error */
export async function unwrap<T>(result: Promise<Result<T>>): Promise<T> {
  const settled = await result
  if (settled.ok) return settled.value
  throw settled.error
}
