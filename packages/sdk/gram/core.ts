import { type Exchange, exchange } from './exchange.ts'
import type { SDKOptions } from './options.ts'
import type { Asking, WireCall } from './write-request.ts'

export type { SDKOptions } from './options.ts'
export { ServerList } from './server-list.ts'

/**
 * What the standalone functions and the React provider need of a client, and no more, for the smallest bundle. It knows how the server is
 * reached; a function knows its operation.
 * @example
 * const gram = new GramCore({ serverURL: 'https://parlor.example' })
 */
export class GramCore {
  readonly options: Readonly<SDKOptions>

  constructor(options: SDKOptions = {}) {
    this.options = options
  }

  /** For the functions of this package: takes a call to the server and its answer back. @throws ShapeError, HTTPClientError */
  exchange(call: WireCall, asking: Asking, noted: Exchange): Promise<void> {
    return exchange(this.options, call, asking, noted)
  }
}
