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
  const credential = (route.config as { credential?: Credential } | undefined)?.credential
  const wantsKey = credential?.kind === 'secret_key' || credential?.kind === 'key_to_judge'
  const described = {
    ...schema,
    summary: summaries[operationId],
    tags: [tagOf(url)],
    security: wantsKey ? [{ ApiKeyAuth: [] }] : [],
    response: { ...withSuccess(schema?.response), ...(wantsKey ? refusalAnswers() : { 503: answer(503) }) },
  }
  return { schema: described as FastifySchema, url }
}

function withSuccess(response: unknown): object {
  const given = { ...(response as Record<string, object> | undefined) }
  return {
    ...given,
    200: { description: 'It worked.', ...(given[200] ?? { type: 'object', additionalProperties: true }) },
  }
}

function refusalAnswers(): Record<string, object> {
  return Object.fromEntries(Object.keys(refusals).map((status) => [status, answer(Number(status))]))
}

function answer(status: number): object {
  return { description: refusals[status] ?? '', ...errorBody }
}

const families: Record<string, string> = { widget: 'widget sessions', streaming: 'knowledge bases', health: 'server' }

/** `/v1/widget/sessions/:id` belongs to "widget sessions", `/v1/avatars` to "avatars". */
function tagOf(url: string): string {
  const parts = url.split('/').filter((part) => part !== '' && part !== 'v1' && !part.startsWith(':'))
  const [first = 'server'] = parts
  return (families[first] ?? first).replaceAll('-', ' ')
}
