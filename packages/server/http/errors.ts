import { type ErrorCode, ParlorError } from '@parlor/core/errors'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { pathOf, writtenPath } from './request-path.ts'
import type { RouteTable } from './route-table.ts'

/** How one family of paths shows an error (contracts, X2). The longest prefix that fits a path decides. */
export interface ErrorFamily {
  prefix: string
  render(error: ParlorError, request: FastifyRequest, reply: FastifyReply): unknown
}

const frameworkCodes: Record<string, ErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_REQ_FILE_TOO_LARGE: 'payload_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_request',
  FST_ERR_BAD_URL: 'invalid_request',
}

const ownWords: Partial<Record<ErrorCode, string>> = {
  unsupported_media_type:
    'This operation takes the media types of its documentation only; send content-type: application/json.',
  payload_too_large: 'The body is larger than this operation takes. Send less.',
}

export type ShowError = (error: ParlorError, request: FastifyRequest, reply: FastifyReply) => FastifyReply

/** The shape of a request's family: sets the status, and returns the body. */
export function errorShapes(families: readonly ErrorFamily[]): ErrorFamily['render'] {
  const byLength = [...families].sort((a, b) => b.prefix.length - a.prefix.length)
  return (error, request, reply) => {
    const path = pathOf(request)
    return byLength.find(({ prefix }) => path.startsWith(prefix))?.render(error, request, reply)
  }
}

/** Shows an error in the shape of its path's family, with the request's id. */
export function errorPages(render: ErrorFamily['render']): ShowError {
  return (error, request, reply) => {
    reply.header('x-request-id', request.id)
    return reply.send(render(error, request, reply))
  }
}

/** Everything that goes wrong leaves through here. */
export function renderErrors(app: FastifyInstance, show: ShowError, routes: RouteTable): void {
  app.setErrorHandler((thrown: FastifyError, request, reply) => {
    const error = namingLimit(toParlorError(thrown), thrown, request)
    if (error.code === 'internal' || error.code === 'unavailable') request.log.error({ err: thrown }, 'request failed')
    return show(error, request, reply)
  })
  app.setNotFoundHandler((request, reply) => {
    const methods = routes.methodsFor(writtenPath(request.url))
    if (methods.length === 0) {
      return show(new ParlorError('not_found', { message: 'There is nothing at this address.' }), request, reply)
    }
    reply.header('allow', [...new Set(methods)].join(', '))
    return show(new ParlorError('method_not_allowed'), request, reply)
  })
}

/** The framework refuses a body before anybody reads it, and does not say how large it may be. */
function namingLimit(error: ParlorError, { code }: FastifyError, { routeOptions }: FastifyRequest): ParlorError {
  if (code !== 'FST_ERR_CTP_BODY_TOO_LARGE') return error
  const message = `The body is larger than the ${routeOptions.bodyLimit} bytes this operation takes. Send less.`
  return new ParlorError(error.code, { message, cause: error.cause })
}

/** What a thrown thing means to a caller. Anything unforeseen is `internal`, and its own words stay here. */
export function toParlorError(thrown: FastifyError): ParlorError {
  if (thrown instanceof ParlorError) return thrown
  if (thrown.cause instanceof ParlorError) return thrown.cause
  const known = frameworkCodes[thrown.code]
  const code = known ?? (thrown.statusCode !== undefined && thrown.statusCode < 500 ? 'invalid_request' : 'internal')
  const message = ownWords[code]
  return new ParlorError(code, { cause: thrown, ...(message === undefined ? {} : { message }) })
}
