import type { FastifyInstance } from 'fastify'
import type { Credential } from './app-types.ts'

export interface RouteRow {
  method: string
  path: string
  credential: Credential
}

/** Everything the server answers to. The admission test walks it, so nothing can be added without a word on credentials. */
export interface RouteTable {
  rows: readonly RouteRow[]
  /** The methods a path takes; empty for an unknown path. */
  methodsFor(path: string): string[]
  /** What a path takes, whatever the method. */
  rowsFor(path: string): RouteRow[]
}

/** Watches every route being registered. @throws Error for a route that does not say which credential it takes. */
export function watchRoutes(app: FastifyInstance): RouteTable {
  const rows: RouteRow[] = []
  app.addHook('onRoute', (route) => {
    const credential = route.config?.credential
    const methods = Array.isArray(route.method) ? route.method : [route.method]
    if (credential === undefined) {
      throw new Error(
        `The route ${methods.join(',')} ${route.url} does not say which credential it takes (config.credential).`,
      )
    }
    for (const method of methods) rows.push({ method, path: route.url, credential })
  })
  const rowsFor = (path: string) => rows.filter((row) => matches(row.path, path))
  return { rows, rowsFor, methodsFor: (path) => rowsFor(path).map((row) => row.method) }
}

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split('/').filter(Boolean)
  const given = path.split('/').filter(Boolean)
  if (wanted.at(-1) === '*') return wanted.slice(0, -1).every((part, i) => part.startsWith(':') || part === given[i])
  return wanted.length === given.length && wanted.every((part, i) => part.startsWith(':') || part === given[i])
}
