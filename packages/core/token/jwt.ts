import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'

/** The claims every session token carries (RFC 7519). `iat` and `exp` are seconds. A wire may add its own. */
export interface TokenClaims {
  jti: string
  iat: number
  exp: number
  sub?: string
  [claim: string]: unknown
}

/** Longer than any token we sign, in characters. */
export const longestToken = 8192

/** A JWT signed with HS256, its signing key named by `kid`. */
export function signJwt(claims: TokenClaims, kid: string, key: KeyObject): string {
  const head = encode({ alg: 'HS256', typ: 'JWT', kid })
  const body = encode(claims)
  return `${head}.${body}.${hmac(`${head}.${body}`, key)}`
}

export interface UnverifiedJwt {
  kid: string
  claims: TokenClaims
  /** What the signature covers, and the signature as it came. */
  signed: string
  signature: string
}

/** Takes a token apart without believing it. Null for anything but a compact HS256 JWT with our claims. */
export function parseJwt(token: string): UnverifiedJwt | null {
  if (token.length > longestToken) return null
  const parts = token.split('.')
  const [head, body, signature] = parts
  if (parts.length !== 3 || head === undefined || body === undefined || !signature) return null
  const header = decode(head)
  const claims = decode(body)
  if (header === null || claims === null) return null
  if (header.alg !== 'HS256' || typeof header.kid !== 'string' || 'crit' in header) return null
  if (!hasClaims(claims)) return null
  return { kid: header.kid, claims, signed: `${head}.${body}`, signature }
}

/** Compares text with text, so that only the one spelling of a signature passes. */
export function signatureMatches(jwt: UnverifiedJwt, key: KeyObject): boolean {
  const expected = Buffer.from(hmac(jwt.signed, key))
  const given = Buffer.from(jwt.signature)
  return expected.length === given.length && timingSafeEqual(expected, given)
}

function hasClaims(claims: Record<string, unknown>): claims is TokenClaims {
  return typeof claims.jti === 'string' && Number.isInteger(claims.iat) && Number.isInteger(claims.exp)
}

function hmac(text: string, key: KeyObject): string {
  return createHmac('sha256', key).update(text).digest('base64url')
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function decode(part: string): Record<string, unknown> | null {
  if (!/^[A-Za-z0-9_-]+$/.test(part)) return null
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}
