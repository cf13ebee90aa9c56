import type { Project } from '@parlor/core/account'
import { judgeOrigin, type OriginVerdict } from '@parlor/core/origin'
import { originPolicyOf, type Session } from '@parlor/core/session'

export interface OriginQuestion {
  /** The value of every `Origin` header, as they came. */
  headers: readonly string[]
  /** The session the frame's URL names, as `hello` says. */
  frameSession: string | undefined
  session: Pick<Session, 'id' | 'settings'>
  project: Pick<Project, 'strictOrigins' | 'allowedOrigins'>
  publicOrigin: string
  httpAllowed: boolean
}

export type OriginAnswer =
  | { allowed: true }
  | {
      allowed: false
      rule: 'frame_session_mismatch' | 'malformed_origin' | (OriginVerdict & { allowed: false })['rule']
      /** The origin as it was seen. */
      origin: string
      /** What to do about it. */
      message: string
    }

/**
 * Whether a browser's socket may use a session. In Parlor's own frame `frame-ancestors` has judged the page, so there the
 * frame's session must be the token's own; any other page is judged by the lists; without the header it is no browser.
 */
export function admitOrigin(question: OriginQuestion): OriginAnswer {
  const { headers, session } = question
  const origin = headers[0]
  if (origin === undefined) return { allowed: true }
  if (headers.length > 1 || !isOrigin(origin)) {
    const seen = headers.join(', ').slice(0, 200)
    return {
      allowed: false,
      rule: 'malformed_origin',
      origin: seen,
      message: 'Send one Origin header with one origin.',
    }
  }
  if (isOwnOrigin(origin, question.publicOrigin)) {
    if (question.frameSession === session.id) return { allowed: true }
    return { allowed: false, rule: 'frame_session_mismatch', origin, message: mismatch }
  }
  return judgeOrigin(originPolicyOf(session.settings, question.project, question.httpAllowed), origin)
}

const mismatch =
  'This frame was opened for another session than the token stands for. Open the frame whose address names the session.'

/** A serialised origin (RFC 6454, section 6.2), or `null`. */
function isOrigin(text: string): boolean {
  return text === 'null' || (text.length <= 300 && /^[a-z][a-z0-9+.-]*:\/\/[^\s,/?#@\\]+$/i.test(text))
}

/**
 * Parlor's own origin. Where it is served from this machine by one of the machine's names, the other names are the same
 * server on the same port.
 */
function isOwnOrigin(origin: string, publicOrigin: string): boolean {
  const seen = origin.toLowerCase()
  if (seen === publicOrigin) return true
  const [own, other] = [new URL(publicOrigin), URL.parse(seen)]
  if (other === null || !thisMachine.has(own.hostname) || !thisMachine.has(other.hostname)) return false
  return own.protocol === other.protocol && own.port === other.port
}

const thisMachine = new Set(['localhost', '127.0.0.1', '[::1]'])
