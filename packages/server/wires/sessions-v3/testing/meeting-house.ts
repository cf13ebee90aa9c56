import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { Key } from '@parlor/core/account'
import { sealWith, signingKeysOver } from '@parlor/core/token'
import { workerReader } from '@parlor/providers/documents'
import { fastify } from 'fastify'
import type { House } from '../../../admission/house.ts'
import { openRoomHouse } from '../../../admission/testing/furnish-room.ts'
import type { App } from '../../../http/app-types.ts'
import { guardWithClientKeys } from '../../../http/client-key-guard.ts'
import { errorPages, errorShapes, renderErrors } from '../../../http/errors.ts'
import { readJsonBodies } from '../../../http/json-body.ts'
import { guardWithKeys } from '../../../http/key-guard.ts'
import { keyRates } from '../../../http/key-rates.ts'
import { watchRoutes } from '../../../http/route-table.ts'
import { validateStrictly, writePlainJson } from '../../../http/validation.ts'
import { registerAvatarWire, renderAvatarError } from '../index.ts'
import type { AvatarWire } from '../wire.ts'
import { type TestDesk, testDesk } from './test-desk.ts'

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE' | 'OPTIONS'

/** That of a house over Postgres. */
const secret = 's'.repeat(40)
const hour = { limit: 100, windowSeconds: 3600 }
const noPages = { fetch: () => Promise.reject(new Error('no page is fetched here')) }

/** This wire over the stores of a house, with a clock that can be moved and a desk in the place of a media server. */
export async function openMeetings() {
  const house = await openRoomHouse({ PARLOR_SECRET: secret })
  const keys = { mine: await house.makeKey(house.mine), theirs: await house.makeKey(house.theirs) }
  const { desk, wire, pass, ended } = wireOver(house)
  const app = await serve(house, wire)
  const call = (key?: string) => caller(app, key)
  return {
    house,
    desk,
    pass,
    /** Sessions whose ending was carried to their connections, in order. */
    ended,
    keys,
    mine: call(keys.mine),
    theirs: call(keys.theirs),
    anybody: call(),
    /** A call that comes from this address. */
    from: (remoteAddress: string, method: Method, url: string, headers: Record<string, string>, payload?: object) =>
      app.inject({ method, url, headers, remoteAddress, ...(payload !== undefined && { payload }) }),
    makeClientKey: (changes?: Partial<Key>) =>
      house.makeKey(house.mine, { kind: 'client', scopes: ['client'], rateLimit: null, ...changes }),
    close: async () => {
      await app.close()
      await wire.reader.close()
      await house.close()
    },
  }
}

function wireOver({ composed }: House) {
  const { stores } = composed
  let passed = 0
  const ended: string[] = []
  const clock = { now: () => stores.clock.now() + passed }
  const fanOut = { sessionEnded: async ({ id }: { id: string }) => void ended.push(id) }
  const desk: TestDesk = testDesk(() => ({ ...stores, clock, fanOut }))
  const wire = {
    ...stores,
    clock,
    fanOut,
    signingKeys: signingKeysOver(stores.signingKeys, sealWith(secret), clock),
    reader: workerReader(),
    pages: noPages,
    publicUrl: new URL('https://parlor.example'),
    rooms: desk,
    version: '0',
  } satisfies AvatarWire
  const pass = (ms: number) => {
    passed += ms
  }
  return { desk, wire, pass, ended }
}

async function serve({ composed }: House, wire: AvatarWire): Promise<App> {
  const app = fastify().withTypeProvider<TypeBoxTypeProvider>() as App
  const routes = watchRoutes(app)
  readJsonBodies(app)
  validateStrictly(app)
  writePlainJson(app)
  renderErrors(app, errorPages(errorShapes([{ prefix: '/', render: renderAvatarError }])), routes)
  const { accounts } = composed.stores
  const keys = { accounts, clock: wire.clock, rates: keyRates(() => wire.clock.now()), defaultRate: hour }
  guardWithKeys(app, keys)
  guardWithClientKeys(app, { ...keys, keys: accounts, httpAllowed: false }, routes)
  registerAvatarWire(app, wire)
  await app.ready()
  return app
}

function caller(app: App, key?: string) {
  return async (method: Method, url: string, payload?: object | string, headers: Record<string, string> = {}) => {
    const response = await app.inject({
      method,
      url,
      headers: { ...(key !== undefined && { 'x-api-key': key }), ...headers },
      ...(payload !== undefined && { payload }),
    })
    const body = response.body === '' ? undefined : response.json()
    return { status: response.statusCode, body, headers: response.headers }
  }
}
