import type { KeyOwner } from '@parlor/core/account'
import type { Shelf } from '@parlor/core/agent'
import { ParlorError } from '@parlor/core/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { App } from '../../http/app-types.ts'
import { once } from '../../http/idempotency.ts'
import { nullable } from './answer-schemas.ts'
import { ListQuery, renderList, windowFrom } from './list-window.ts'
import { callerOf, named, readRoute, sendNull, type WirePlace, writeRoute } from './place.ts'
import type { AvatarWire } from './wire.ts'

/** What a kind of thing is called on this wire, and what may be done with it (contracts 2.4). */
export interface Resource<T extends Part, B extends Type.TObject, C extends Type.TObject> {
  /** As it stands in the path and in a list. */
  plural: string
  /** As it stands in an operation's name, with a capital. */
  noun: string
  /** The word its rows are marked with. */
  madeAs: string
  /** What an unknown id is answered with, where somebody asks for it or deletes it. */
  unknown: 'null' | 'not_found'
  shelf: Shelf<T>
  answer: Type.TObject
  /** What it is made from. Keys it does not know are accepted: older clients send more. */
  body: B
  bodyLimit?: number
  /** Puts an older shape of the body into today's, before it is checked. */
  lift?(body: unknown): unknown
  make(owner: KeyOwner, body: Type.Static<B>): Promise<T>
  render(thing: T): Promise<object>
  /** Where it can be changed: the body, and the thing as it shall be then. */
  change?: { body: C; apply(owner: KeyOwner, thing: T, body: Type.Static<C>): Promise<T> }
}

interface Part {
  id: string
  accountId: string | null
  archivedAt: number | null
  madeAs?: string
}

interface Registered<T extends Part, B extends Type.TObject, C extends Type.TObject> {
  wire: AvatarWire
  place: WirePlace
  resource: Resource<T, B, C>
}

const IdParams = Type.Object({ id: Type.String() })

/** A thing of the account's own, made on this wire under this word and not archived. */
export async function findOwn<T extends Part>(
  shelf: Pick<Shelf<T>, 'find'>,
  accountId: string,
  { id, madeAs }: { id: string; madeAs: string },
): Promise<T | null> {
  const thing = await shelf.find(id)
  const isOwn = thing?.accountId === accountId && thing.madeAs === madeAs && thing.archivedAt === null
  return isOwn ? thing : null
}

/** The same words for what is not there and for what is another account's. */
export function noSuch(noun: string, field?: string): ParlorError {
  const where = field === undefined ? '' : `${field}: `
  return new ParlorError('not_found', { message: `${where}There is no ${noun} with this id in your account.` })
}

/** Create, list, read, delete and, where it can be changed, update: alike for every kind of thing. */
export function registerResource<T extends Part, B extends Type.TObject, C extends Type.TObject>(
  app: App,
  registered: Registered<T, B, C>,
): void {
  registerCreate(app, registered)
  registerList(app, registered)
  registerOne(app, registered)
  if (registered.resource.change !== undefined) registerUpdate(app, registered, registered.resource.change)
}

function registerCreate<T extends Part, B extends Type.TObject, C extends Type.TObject>(
  app: App,
  { wire, place, resource }: Registered<T, B, C>,
): void {
  const { plural, noun, body, answer } = resource
  app.post(
    `${place.prefix}/${plural}`,
    {
      ...readingBody(resource),
      config: writeRoute,
      schema: { ...named(place, `create${noun}`), body, response: { 201: answer } as object },
    },
    async (request, reply) => {
      const sent = request.body as Type.Static<B>
      const run = async () => resource.render(await resource.make(callerOf(request), sent))
      return reply.code(201).send(await once(wire, request, reply, run))
    },
  )
}

function registerList<T extends Part, B extends Type.TObject, C extends Type.TObject>(
  app: App,
  { place, resource }: Registered<T, B, C>,
): void {
  const { plural, noun, shelf, madeAs, answer } = resource
  const response = { 200: listOf(plural, answer) } as object
  app.get(
    `${place.prefix}/${plural}`,
    { config: readRoute, schema: { ...named(place, `list${noun}s`), querystring: ListQuery, response } },
    async (request) => {
      const window = windowFrom(request.query)
      const filter = { ...window.filter, madeAs }
      const found = await shelf.list(callerOf(request).account.id, 'private', window.page, filter)
      return renderList(plural, { ...found, items: await Promise.all(found.items.map(resource.render)) }, window)
    },
  )
}

function registerOne<T extends Part, B extends Type.TObject, C extends Type.TObject>(
  app: App,
  { wire, place, resource }: Registered<T, B, C>,
): void {
  const { plural, noun, shelf, answer } = resource
  const path = `${place.prefix}/${plural}/:id`
  const response = { 200: resource.unknown === 'null' ? nullable(answer) : answer } as object
  const sendUnknown = (reply: FastifyReply) => {
    if (resource.unknown === 'null') return sendNull(reply)
    throw noSuch(noun.toLowerCase())
  }
  app.get(
    path,
    { config: readRoute, schema: { ...named(place, `get${noun}`), params: IdParams, response } },
    async (request, reply) => {
      const thing = await findAsked(request, resource)
      return thing === null ? sendUnknown(reply) : resource.render(thing)
    },
  )
  app.delete(
    path,
    { config: writeRoute, schema: { ...named(place, `delete${noun}`), params: IdParams, response } },
    async (request, reply) => {
      const thing = await findAsked(request, resource)
      if (thing === null) return sendUnknown(reply)
      await shelf.archive(callerOf(request).account.id, thing.id, wire.clock.now())
      return resource.render(thing)
    },
  )
}

function registerUpdate<T extends Part, B extends Type.TObject, C extends Type.TObject>(
  app: App,
  { place, resource }: Registered<T, B, C>,
  { body, apply }: NonNullable<Resource<T, B, C>['change']>,
): void {
  const { plural, noun, shelf, answer } = resource
  app.put(
    `${place.prefix}/${plural}/:id`,
    {
      ...readingBody(resource),
      config: writeRoute,
      schema: { ...named(place, `update${noun}`), params: IdParams, body, response: { 200: answer } as object },
    },
    async (request) => {
      const thing = await findAsked(request, resource)
      if (thing === null) throw noSuch(noun.toLowerCase())
      const changed = await apply(callerOf(request), thing, request.body as Type.Static<C>)
      // It may have been archived in the meantime.
      if (!(await shelf.update(changed))) throw noSuch(noun.toLowerCase())
      return resource.render(changed)
    },
  )
}

/** The schema of a list, `{ skip, take, total, <plural> }`. */
export function listOf(plural: string, answer: Type.TSchema) {
  const whole = Type.Integer()
  return Type.Object({ skip: whole, take: whole, total: whole, [plural]: Type.Array(answer) })
}

function findAsked<T extends Part>(
  request: FastifyRequest,
  { shelf, madeAs }: { shelf: Shelf<T>; madeAs: string },
): Promise<T | null> {
  const { id } = request.params as Type.Static<typeof IdParams>
  return findOwn(shelf, callerOf(request).account.id, { id, madeAs })
}

function readingBody({ bodyLimit, lift }: { bodyLimit?: number; lift?(body: unknown): unknown }) {
  return {
    ...(bodyLimit !== undefined && { bodyLimit }),
    ...(lift !== undefined && {
      preValidation: async (request: FastifyRequest) => {
        request.body = lift(request.body)
      },
    }),
  }
}
