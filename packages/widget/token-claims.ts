/** The claims the page may look at. They are read, never trusted: the server judges the token. */
export interface TokenClaims {
  /** The session. */
  sub?: unknown
  /** The end, seconds since 1970. */
  exp?: unknown
}

/** Reads the claims of a JWT without verifying it; none where there is nothing to read. Never throws. */
export function readTokenClaims(token: string): TokenClaims {
  try {
    return JSON.parse(atob((token.split('.')[1] as string).replace(/-/g, '+').replace(/_/g, '/'))) ?? {}
  } catch {
    return {}
  }
}
