import { type Finding, ok, stops } from './finding.ts'
import { load } from './load.ts'

/** Asks Parlor, as the loader on the page would, whether the page's origin may embed a session. */
export async function checkSession(base: string, session: string, origin: string): Promise<Finding> {
  const url = new URL('embed/check', base)
  url.searchParams.set('session', session)
  const answer = await load(url, { origin })
  const said = parse(answer.text)
  if (answer.status === 200 && said.allowed === true) return ok('session', `The session may be embedded on ${origin}.`)
  if (said.rule === 'unknown_session') return stops('session', said.message ?? 'There is no such session.')
  const message = said.message ?? `Parlor answers ${answer.status} to whether the session may be embedded.`
  const host = URL.parse(origin)?.hostname
  const isListed = said.rule === 'session_sites' && host !== undefined
  return stops('session', message, isListed ? `"allowed_domains": ["${host}"]` : undefined)
}

function parse(text: string): { allowed?: boolean; rule?: string; message?: string } {
  try {
    return JSON.parse(text) ?? {}
  } catch {
    return {}
  }
}
