import { readJson } from '../fetch-client/answers.ts'
import { BaseAPI } from '../fetch-client/base-api.ts'
import type { HTTPQuery, RequestOpts } from '../fetch-client/request-types.ts'
import { toEquosError } from './equos-error.ts'

export interface WireCall {
  method: RequestOpts['method']
  path: string
  query?: HTTPQuery
  body?: unknown
  headers?: Record<string, string>
}

/** Asks as the older generation does: answers are given as they came, failures are an EquosError. */
export class WireCaller extends BaseAPI {
  async call<T>({ method, path, query, body, headers }: WireCall): Promise<T> {
    const { apiKey, accessToken } = this.configuration
    const said = {
      'x-api-key': await apiKey?.('x-api-key'),
      Authorization: accessToken && `Bearer ${await accessToken('clientAuth')}`,
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    }
    const asked = { method, path, headers: { ...said, ...headers }, ...(query && { query }), body }
    try {
      const response = await this.request(asked)
      // What the wire answers is what its types say.
      return (await readJson(response)) as T
    } catch (error) {
      throw toEquosError(error)
    }
  }
}
