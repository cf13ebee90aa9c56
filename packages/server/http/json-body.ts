import { ParlorError } from '@parlor/core/errors'
import type { FastifyInstance } from 'fastify'

/**
 * JSON bodies, where an empty one counts as none: real clients send `content-type: application/json` on requests without
 * a body (contracts, section 0). Keys that would reach a prototype are refused.
 */
export function readJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = String(body)
    if (text.trim() === '') return done(null, undefined)
    parse(request, text, (error, value) => {
      if (error === null) return done(null, value)
      done(
        new ParlorError('invalid_request', { message: 'The body is not well-formed JSON.', cause: error }),
        undefined,
      )
    })
  })
}
