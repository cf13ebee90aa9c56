import type { FastifyRequest } from 'fastify'

/**
 * Which path a request is for. That of its route, where there is one: a path may be spelled in many ways, with escapes or as a
 * whole address, and each spelling is the same path. What leads nowhere is taken as it stands.
 */
export function pathOf(request: FastifyRequest): string {
  return request.routeOptions?.url ?? writtenPath(request.url)
}

/** The path as it was written, without query; of a whole address (RFC 9112, 3.2.2) its path. */
export function writtenPath(url: string): string {
  const path = url.split('?', 1)[0] ?? ''
  return path.startsWith('/') ? path : (URL.parse(path)?.pathname ?? '/')
}
