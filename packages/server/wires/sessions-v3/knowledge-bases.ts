import { createBase, type KnowledgeBase } from '@parlor/conversation/knowledge'
import { isoSeconds } from '@parlor/core/time'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { App } from '../../http/app-types.ts'
import { once } from '../../http/idempotency.ts'
import { KnowledgeBaseAnswer, nullable } from './answer-schemas.ts'
import { client, name, prose } from './body-fields.ts'
import { registerDocuments, renderDocument } from './documents.ts'
import { ListQuery, renderList, windowFrom } from './list-window.ts'
import { callerOf, named, readRoute, sendNull, type WirePlace, writeRoute } from './place.ts'
import { listOf } from './resource.ts'
import type { AvatarWire } from './wire.ts'

const CreateKnowledgeBaseBody = Type.Object({ name, description: prose, client })
const IdParams = Type.Object({ id: Type.String() })
/** Of a base with more documents, only so many are shown with it. */
const mostDocuments = 1000

/**
 * Knowledge bases, the same ones the widget's wire has (contracts 2.4, E8, E16). Their names are unique within an account, and one
 * that is deleted is gone with its documents.
 */
export function registerKnowledgeBases(app: App, wire: AvatarWire, place: WirePlace): void {
  const path = `${place.prefix}/knowledge-bases`
  const response = { 200: nullable(KnowledgeBaseAnswer) } as object
  app.post(
    path,
    {
      config: writeRoute,
      schema: {
        ...named(place, 'createKnowledgeBase'),
        body: CreateKnowledgeBaseBody,
        response: { 201: KnowledgeBaseAnswer } as object,
      },
    },
    async (request, reply) => {
      const { account, key } = callerOf(request)
      const { name, description, client = null } = request.body
      const wanted = { accountId: account.id, projectId: key.projectId, name, description, client }
      const run = async () => renderBase(wire, await createBase(wire, wanted))
      return reply.code(201).send(await once(wire, request, reply, run))
    },
  )
  registerBaseList(app, wire, place)
  app.get(
    `${path}/:id`,
    { config: readRoute, schema: { ...named(place, 'getKnowledgeBase'), params: IdParams, response } },
    async (request, reply) => {
      const base = await findBase(wire, request)
      return base === null ? sendNull(reply) : renderBase(wire, base)
    },
  )
  app.delete(
    `${path}/:id`,
    { config: writeRoute, schema: { ...named(place, 'deleteKnowledgeBase'), params: IdParams, response } },
    async (request, reply) => {
      const base = await findBase(wire, request)
      if (base === null) return sendNull(reply)
      const shown = await renderBase(wire, base)
      await wire.knowledge.removeBase(base.accountId, base.id)
      return shown
    },
  )
  registerDocuments(app, wire, place)
}

export async function renderBase({ knowledge }: Pick<AvatarWire, 'knowledge'>, base: KnowledgeBase) {
  const { items } = await knowledge.listDocuments(base.id, { offset: 0, limit: mostDocuments })
  return {
    id: base.id,
    organizationId: base.accountId,
    name: base.name,
    description: base.description ?? '',
    client: base.client ?? null,
    documents: items.map(renderDocument),
    createdAt: isoSeconds(base.createdAt),
    updatedAt: isoSeconds(base.updatedAt),
  }
}

/** `items`, and the same again under the name other lists would give it (contracts E16). */
function registerBaseList(app: App, wire: AvatarWire, place: WirePlace): void {
  const { properties } = listOf('items', KnowledgeBaseAnswer)
  const list = Type.Object({ ...properties, knowledgeBases: Type.Array(KnowledgeBaseAnswer) })
  app.get(
    `${place.prefix}/knowledge-bases`,
    {
      config: readRoute,
      schema: { ...named(place, 'listKnowledgeBases'), querystring: ListQuery, response: { 200: list } as object },
    },
    async (request) => {
      const window = windowFrom(request.query)
      const found = await wire.knowledge.listBases(callerOf(request).account.id, window.page, window.filter)
      const items = await Promise.all(found.items.map((base) => renderBase(wire, base)))
      return { ...renderList('items', { ...found, items }, window), knowledgeBases: items }
    },
  )
}

async function findBase({ knowledge }: AvatarWire, request: FastifyRequest): Promise<KnowledgeBase | null> {
  const { id } = request.params as Type.Static<typeof IdParams>
  const base = await knowledge.findBase(id)
  return base?.accountId === callerOf(request).account.id ? base : null
}
