import type { FastifySchema, RouteOptions } from 'fastify'
import type { Credential } from '../http/app-types.ts'
import { summaries } from './summaries.ts'

/** The body of every refusal on the `/v1` wire; see docs/errors.md. */
const errorBody = {
  type: 'object',
  required: ['error', 'code', 'message', 'request_id'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'request_id'],
      properties: {
        code: { type: 'string' },
        message: { type: 'string' },
        details: { type: 'object' },
        aliases: { type: 'array', items: { type: 'string' } },
        request_id: { type: 'string' },
      },
    },
    code: { type: 'string' },
    message: { type: 'string' },
    request_id: { type: 'string' },
    detail: { type: 'array', items: { type: 'object' } },
  },
}

const refusals: Record<number, string> = {
  400: 'The request could not be read.',
  401: 'No key, or not a good one.',
  403: 'The key may not do this.',
  404: 'There is no such thing in your account.',
  409: 'It clashes with what is there, or with an earlier request.',
  413: 'The body is too large.',
  415: 'The body is of another kind than this takes.',
  422: 'A value in it is not allowed.',
  429: 'Too many requests, or too many sessions at once.',
  500: 'Something went wrong inside Parlor.',
  503: 'Parlor cannot do its work at the moment.',
}

/** The body of every refusal on the chat wire; see docs/errors.md. */
const chatErrorBody = {
  type: 'object',
  required: ['name', 'id', 'message', 'temporary', 'timeout', 'fault'],
  properties: {
    name: { type: 'string' },
    id: { type: 'string' },
    message: { type: 'string' },
    temporary: { type: 'boolean' },
    timeout: { type: 'boolean' },
    fault: { type: 'boolean' },
  },
}

const chatRefusals: Record<number, string> = {
  400: 'The request could not be read, or a value in it is not allowed.',
  401: 'No credential, or not a good one.',
  402: 'The session has had all it may have.',
  403: 'The caller, or the page it calls from, may not do this.',
  404: 'There is no such thing in your account.',
  409: 'It clashes with what is there, or with an earlier request.',
  412: 'Something else has to be done first.',
  413: 'The body is too large.',
  415: 'The body is of another kind than this takes.',
  422: 'A header is not allowed.',
  429: 'Too many requests, or too many sessions at once.',
  500: 'Parlor cannot do its work at the moment.',
  502: 'The model did not answer.',
}

/** The body of every refusal on the avatar wire; see docs/errors.md. */
const avatarErrorBody = {
  type: 'object',
  required: ['statusCode', 'message', 'error', 'code'],
  properties: {
    statusCode: { type: 'integer' },
    message: { type: 'string' },
    error: { type: 'string' },
    code: { type: 'string' },
  },
}

const { 422: _, 400: unreadable, ...ofAnyKey } = refusals
const avatarRefusals: Record<number, string> = { ...ofAnyKey, 400: `${unreadable} Or a value in it is not allowed.` }

/** How a caller may say who it is, by the header it does so with. */
export const securitySchemes = {
  ApiKeyAuth: { type: 'apiKey', in: 'header', name: 'x-api-key' },
  ClientAuth: { type: 'http', scheme: 'bearer', description: 'A client key, from a page.' },
  GramKey: { type: 'apiKey', in: 'header', name: 'Gram-Key' },
  GramSession: { type: 'apiKey', in: 'header', name: 'Gram-Session' },
  GramProject: { type: 'apiKey', in: 'header', name: 'Gram-Project' },
  GramChatSession: { type: 'apiKey', in: 'header', name: 'Gram-Chat-Session' },
} as const

const schemeOf = { operator: 'GramSession', key: 'GramKey', chat_token: 'GramChatSession' } as const

type Described = { schema: FastifySchema; url: string }

/**
 * Turns a route's own schemas, those that validate it, into its description: what it is for, which key it takes, and how it
 * refuses. Routes without an operation's name are not part of the interface.
 */
export function describeRoute({
  schema,
  url,
  route,
}: {
  schema?: FastifySchema
  url: string
  route: RouteOptions
}): Described {
  const operationId = schema?.operationId
  if (operationId === undefined) return { schema: { hide: true } as FastifySchema, url }
  const { credential, form } = (route.config ?? {}) as { credential?: Credential; form?: object }
  const described = {
    ...schema,
    ...(form !== undefined && { body: withForm(schema?.body, form) }),
    summary: summaries[operationId],
    tags: [tagOf(url)],
    security: securityOf(credential),
    response: { ...withSuccess(schema?.response), ...refusalsOf(credential, url) },
  }
  return { schema: described as FastifySchema, url }
}

function securityOf(credential: Credential | undefined): Record<string, string[]>[] {
  if (credential?.kind === 'secret_key' || credential?.kind === 'key_to_judge') return [{ ApiKeyAuth: [] }]
  if (credential?.kind === 'client_key') return [{ ClientAuth: [] }]
  if (credential?.kind !== 'one_of') return []
  return credential.ways.map((way) => ({
    [schemeOf[way.by]]: [],
    ...(way.by !== 'chat_token' && way.project && { GramProject: [] }),
  }))
}

function refusalsOf(credential: Credential | undefined, url: string): Record<string, object> {
  if (credential?.kind === 'one_of') return describeAll(chatRefusals, chatErrorBody)
  if (url.startsWith('/v3/'))
    return describeAll(credential?.kind === 'none' ? unavailable : avatarRefusals, avatarErrorBody)
  const wantsKey = credential?.kind === 'secret_key' || credential?.kind === 'key_to_judge'
  return describeAll(wantsKey ? refusals : unavailable, errorBody)
}

const unavailable: Record<number, string> = { 503: refusals[503] ?? '' }

function describeAll(statuses: Record<number, string>, body: object): Record<string, object> {
  return Object.fromEntries(Object.entries(statuses).map(([status, description]) => [status, { description, ...body }]))
}

function withForm(body: unknown, form: object): object {
  const { content = {} } = (body ?? {}) as { content?: object }
  return { content: { ...content, 'multipart/form-data': { schema: form } } }
}

function withSuccess(response: unknown): object {
  const given = { ...(response as Record<string, object> | undefined) }
  if (given[204] !== undefined || given[201] !== undefined) return given
  return {
    ...given,
    200: { description: 'It worked.', ...(given[200] ?? { type: 'object', additionalProperties: true }) },
  }
}

const families: Record<string, string> = {
  widget: 'widget sessions',
  sessions: 'avatar sessions',
  limits: 'server',
  streaming: 'knowledge bases',
  health: 'server',
}

/** `/v1/widget/sessions/:id` belongs to "widget sessions", `/v1/avatars` to "avatars", `/rpc/keys.list` to "keys". */
function tagOf(url: string): string {
  const [, service] = /^\/rpc\/(\w+)\./.exec(url) ?? []
  if (service !== undefined) return service.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  const parts = url.split('/').filter((part) => part !== '' && !/^v\d$/.test(part) && !part.startsWith(':'))
  const [first = 'server'] = parts
  return (families[first] ?? first).replaceAll('-', ' ')
}
