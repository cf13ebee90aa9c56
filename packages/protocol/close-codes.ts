/** WebSocket close codes of `parlor.rt.v1`. A client reconnects after a code only when {@link mayReconnect} says so. */
export const closeCodes = {
  /** The visitor left, or the talk is done. */
  done: 1000,
  /** This server is leaving; another one, or this one later, takes over. */
  serverLeaving: 1001,
  tooBig: 1009,
  tryLater: 1013,
  protocol: 4400,
  badToken: 4401,
  /** The site or the frame may not use this token. */
  originRefused: 4403,
  /** No `hello` in time, or nothing heard for too long. */
  timeout: 4408,
  /** A newer connection of the same visitor took over. */
  replaced: 4409,
  expired: 4410,
  revoked: 4411,
  limitReached: 4412,
  failed: 4413,
  tooFast: 4429,
  internal: 4500,
} as const

export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes]

const final = new Set<number>([1000, 4400, 4401, 4402, 4403, 4409, 4410, 4411, 4412, 4413])

/** Whether a client may open the socket again after it was closed with `code`. */
export function mayReconnect(code: number): boolean {
  return !final.has(code)
}
