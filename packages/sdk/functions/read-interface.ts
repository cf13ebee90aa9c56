import { call } from './call.ts'
import type { CallOptions } from './call-options.ts'
import type { ParlorCore } from './parlor-core.ts'
import type { Result } from './result.ts'

/** The interface description (OpenAPI 3.1), as the server gives it. Needs no key. `GET /openapi.json` */
export async function readInterface(
  core: ParlorCore,
  options: CallOptions = {},
): Promise<Result<{ [name: string]: unknown }>> {
  const has = { openapi: 'string', paths: 'object' }
  const operation = { method: 'GET', path: '/openapi.json', door: 'open', answer: 'object', has } as const
  return (await call(core, operation, {}, options)) as Result<{ [name: string]: unknown }>
}
