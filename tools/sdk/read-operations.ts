import { streams } from './names.ts'
import type { Schema } from './render-schema.ts'

interface Parameter {
  in: string
  name: string
  required?: boolean
  description?: string
  schema: Schema
}

interface Described {
  operationId: string
  summary: string
  parameters?: Parameter[]
  security: Record<string, unknown>[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { description?: string; content?: Record<string, { schema: Schema }> }>
}

export interface OpenApi {
  paths: Record<string, Record<string, Described>>
}

/** By which header a key is shown to an operation. */
export type Door = 'open' | 'key' | 'client' | 'chat'

export interface Operation {
  id: string
  method: string
  path: string
  summary: string
  door: Door
  /** What a caller gives: the parameters of path and query, and the fields of the body, beside each other. */
  request: Schema
  /** Which of its fields go into the query although there is a body. */
  query: string[]
  hasBody: boolean
  /** Null where there is no body in the answer. */
  answer: Schema | null
}

/** Every operation of an interface description that answers with a value. Throws where two fields of a request have one name. */
export function readOperations(description: OpenApi): Operation[] {
  return Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { operationId }]) => !streams.has(operationId))
      .map(([method, described]) => readOperation(path, method.toUpperCase(), described)),
  )
}

function readOperation(path: string, method: string, described: Described): Operation {
  const { operationId: id, summary, parameters = [], requestBody, responses } = described
  const given = parameters.filter((parameter) => parameter.in !== 'header')
  const body = requestBody?.content['application/json']?.schema
  const query = given.filter((parameter) => parameter.in === 'query').map(({ name }) => name)
  const twice = given.find(({ name }) => body?.properties?.[name] !== undefined)
  if (twice) throw new Error(`${id} takes ${twice.name} in the body and beside it: one of them needs another name.`)
  const success = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1]
  const answer = success?.content?.['application/json']?.schema ?? null
  return {
    id,
    method,
    path,
    summary,
    door: doorOf(described.security),
    request: {
      type: 'object',
      properties: {
        ...Object.fromEntries(given.map(({ name, schema, description }) => [name, { description, ...schema }])),
        ...body?.properties,
      } as Record<string, Schema>,
      required: [
        // The server fills in what has a default.
        ...given.filter(({ required, schema }) => required && schema.default === undefined).map(({ name }) => name),
        ...(body?.required ?? []),
      ],
    },
    query: body === undefined ? [] : query,
    hasBody: body !== undefined,
    answer,
  }
}

function doorOf(security: Record<string, unknown>[]): Door {
  const schemes = security.flatMap((way) => Object.keys(way))
  if (schemes.includes('ApiKeyAuth')) return 'key'
  if (schemes.includes('ClientAuth')) return 'client'
  return schemes.length === 0 ? 'open' : 'chat'
}
