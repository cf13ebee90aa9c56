/** What every call needs to know of its operation. */
export interface OperationDetails {
  method: string
  /** With a `{name}` for each field of the request that is part of it. */
  path: string
  /** How a key is shown. */
  door: 'open' | 'key' | 'client' | 'chat'
  /** The fields of the request that go into the query although there is a body. */
  query?: readonly string[]
  /** Whether what is left of the request is sent as JSON; otherwise it goes into the query. */
  hasBody?: boolean
  /** Whether the server makes one thing of many requests with one `Idempotency-Key`. */
  makesOnce?: boolean
  /** What comes back; nothing where it is not said. */
  answer?: 'object' | 'object or null'
  /** Fields an answer must have, and what `typeof` says of each. */
  has?: Readonly<Record<string, string>>
}
