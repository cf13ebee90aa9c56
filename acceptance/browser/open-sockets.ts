import type { Parlor } from '../harness/start-parlor.ts'

/** The stage is reached by a name of the world outside, so its metrics want a token. */
export const metricsToken = 'metrics-of-the-stage-for-its-tests'

/** How many live sockets the server holds, as its own metrics say. @throws Error when they do not. */
export async function countOpenSockets(parlor: Parlor): Promise<number> {
  const { text } = await parlor.request('GET', '/metrics', undefined, { authorization: `Bearer ${metricsToken}` })
  const [, count] = /^parlor_live_sockets (\d+)/m.exec(text) ?? []
  if (count === undefined) throw new Error('The metrics name no live sockets.')
  return Number(count)
}
