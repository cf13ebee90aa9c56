import type { Parlor } from '../harness/start-parlor.ts'

/** How many live sockets the server holds, as its own metrics say. @throws Error when they do not. */
export async function countOpenSockets(parlor: Parlor): Promise<number> {
  const { text } = await parlor.request('GET', '/metrics')
  const [, count] = /^parlor_live_sockets (\d+)/m.exec(text) ?? []
  if (count === undefined) throw new Error('The metrics name no live sockets.')
  return Number(count)
}
