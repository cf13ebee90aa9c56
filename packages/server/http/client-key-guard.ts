import { type AdmitClientKeyPorts, admitClientKey } from '@parlor/core/account'
import { ParlorError } from '@parlor/core/errors'
import type { FastifyRequest } from 'fastify'
import type { App } from './app-types.ts'
import { networkOf } from './client-address.ts'
import { holdToRate, type KeyGuardPorts } from './key-guard.ts'
import { answerPreflight, letPageRead } from './page-cors.ts'
import { writtenPath } from './request-path.ts'
import type { RouteRow, RouteTable } from './route-table.ts'

export interface ClientKeyGuardPorts
  extends AdmitClientKeyPorts,
    Pick<KeyGuardPorts, 'clock' | 'rates' | 'defaultRate'> {}

/**
 * Asks every route that takes a publishable key for one as a bearer, before its body is read: key, page, rate of the caller's address
 * (design 5, "Keys"). Preflights of these paths are answered to any page; of every other path they are not.
 */
export function guardWithClientKeys(app: App, ports: ClientKeyGuardPorts, routes: RouteTable): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.method === 'OPTIONS') {
      const isTheirs = routes.rowsFor(writtenPath(request.url)).some(takesClientKey)
      const methods = routes.rows.filter(takesClientKey).map(({ method }) => method)
      return isTheirs ? answerPreflight(request, reply, methods) : undefined
    }
    if (request.routeOptions.config.credential?.kind !== 'client_key') return
    letPageRead(request, reply)
    const { origin } = request.headers
    const caller = { origin, host: request.host }
    const owner = await admitClientKey(ports, bearerOf(request), caller, ports.clock.now())
    // Known from here on: what is refused below is in the account's history, too.
    request.caller = owner
    holdToRate(ports, owner.key, reply, networkOf(request.ip))
  })
}

function takesClientKey({ credential }: RouteRow): boolean {
  return credential.kind === 'client_key'
}

/** @throws ParlorError `missing_key` where no bearer came. */
function bearerOf(request: FastifyRequest): string {
  const [, key] = /^bearer +(\S+) *$/i.exec(request.headers.authorization ?? '') ?? []
  if (key !== undefined) return key
  throw new ParlorError('missing_key', {
    message: 'Send a client key as "Authorization: Bearer …". Make one with parlor keys create --client.',
  })
}
