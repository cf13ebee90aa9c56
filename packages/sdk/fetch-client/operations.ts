import { type ApiResponse, isJson, JSONApiResponse, TextApiResponse } from './answers.ts'
import { BaseAPI } from './base-api.ts'
import type { Configuration } from './configuration.ts'
import { RequiredError } from './errors.ts'
import type { HTTPHeaders, HTTPMethod, HTTPQuery, InitOverrides, RequestOpts } from './request-types.ts'

/** The headers that say who asks. */
export type Secure = (configuration: Configuration) => Promise<HTTPHeaders>

interface Described {
  method: HTTPMethod
  /** `{name}` stands for an argument, which is then required. */
  path: string
  /** Arguments that go into the query, and what they are called there. */
  query?: { readonly [argument: string]: string }
  /** The argument that is sent as JSON; required. */
  body?: string
  /** From the argument to what is sent; as it is when absent. */
  write?(value: never): unknown
  /** From what came to what the method resolves to; as it is when absent. */
  read?(json: unknown): unknown
  /** For an operation that tells who asks in another way than its API class. */
  secure?: Secure
}

/** One operation of a wire. `Args` is the object its method takes; undefined when it takes none. */
export interface Operation<Args, Answer> extends Described {
  /** Nothing is ever here: it carries the types. */
  types?: { args: Args; answer: Answer }
}

/** Describes an operation, so that every argument it names is one there is. */
export function operation<Args, Answer>(
  described: Described & {
    query?: { readonly [K in keyof Args]?: string }
    body?: keyof Args & string
    read?(json: unknown): Answer
  },
): Operation<Args, Answer> {
  return described
}

/** The object an operation takes. */
export type ArgsOf<O> = O extends Operation<infer Args, unknown> ? Args : never

/** The object an operation takes may be left out when everything in it may. */
type Takes<Args> = [Args] extends [undefined]
  ? []
  : Partial<Args> extends Args
    ? [requestParameters?: Args]
    : [requestParameters: Args]

type Calls<T> = {
  [K in keyof T]: T[K] extends Operation<infer Args, infer Answer>
    ? (...given: [...Takes<Args>, initOverrides?: InitOverrides]) => Promise<Answer>
    : never
}

type RawCalls<T> = {
  [K in keyof T & string as `${K}Raw`]: T[K] extends Operation<infer Args, infer Answer>
    ? (...given: [...Takes<Args>, initOverrides?: InitOverrides]) => Promise<ApiResponse<Answer>>
    : never
}

export type ApiClass<T> = new (configuration?: Configuration) => BaseAPI & Calls<T> & RawCalls<T>

/** An API class with a method for each operation of a table, and its `Raw` twin. Methods reject as {@link BaseAPI} says, or with RequiredError. */
export function apiOf<T extends { [K in keyof T]: Described }>(table: T, secure: Secure): ApiClass<T> {
  class Api extends BaseAPI {
    async run(name: string, described: Described, given: unknown[]): Promise<ApiResponse<unknown>> {
      const { overrides, ...asked } = fill(name, described, given)
      const said = await (described.secure ?? secure)(this.configuration)
      const typed = described.body === undefined ? {} : { 'Content-Type': 'application/json' }
      return toAnswer(described, await this.request({ ...asked, headers: { ...typed, ...said } }, overrides))
    }
  }
  for (const [name, described] of Object.entries<Described>(table)) {
    method(Api, `${name}Raw`, function (this: Api, ...given) {
      return this.run(name, described, given)
    })
    method(Api, name, async function (this: Record<string, RawMethod>, ...given) {
      // Defined just above, or put in its place by a subclass.
      const raw = this[`${name}Raw`] as RawMethod
      return (await raw.apply(this, given)).value()
    })
  }
  // Its methods are those of the table: they were defined just above.
  return Api as unknown as ApiClass<T>
}

type RawMethod = (...given: unknown[]) => Promise<ApiResponse<unknown>>

function method<This>(
  of: { prototype: object },
  name: string,
  value: (this: This, ...given: unknown[]) => unknown,
): void {
  Object.defineProperty(of.prototype, name, { value, writable: true, configurable: true })
}

type Filled = Omit<RequestOpts, 'headers'> & { overrides: InitOverrides | undefined }

function fill(name: string, described: Described, given: unknown[]): Filled {
  const { method, path, query = {}, body, write } = described
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((found) => found[1] as string)
  const needed = [...inPath, ...(body === undefined ? [] : [body])]
  const takesArguments = needed.length > 0 || Object.keys(query).length > 0
  const values = ((takesArguments ? given[0] : null) ?? {}) as Record<string, unknown>
  for (const field of needed)
    if (values[field] === undefined || values[field] === null)
      throw new RequiredError(field, `Required parameter "${field}" was null or undefined when calling ${name}().`)
  return {
    method,
    path: path.replace(/\{(\w+)\}/g, (_, field: string) => encodeURIComponent(String(values[field]))),
    query: Object.fromEntries(Object.entries(query).map(([field, called]) => [called, values[field]])) as HTTPQuery,
    // The caller's own type was checked where the operation is described.
    ...(body !== undefined && { body: write ? write(values[body] as never) : values[body] }),
    overrides: given[takesArguments ? 1 : 0] as InitOverrides | undefined,
  }
}

function toAnswer(described: Described, response: Response): ApiResponse<unknown> {
  const isText = described.read === undefined && !isJson(response.headers.get('content-type'))
  return isText ? new TextApiResponse(response) : new JSONApiResponse(response, described.read)
}
