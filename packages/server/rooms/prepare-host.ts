import { refuseField } from '@parlor/core/errors'
import type { GivenHost } from '@parlor/core/room'
import type { Clock } from '@parlor/core/time'
import type { Seal } from '@parlor/core/token'
import type { RoomsPorts } from './rooms-ports.ts'

type HostPorts = Pick<RoomsPorts, 'checkAddress' | 'mayBePlain' | 'seal' | 'clock'>

const longestUrl = 2048
const longestToken = 8192
const addressField = ['host', 'serverUrl']
const tokenField = ['host', 'accessToken']

/**
 * A customer's media server as a session keeps it (design 7): an address Parlor may connect to, and a token that opens a room
 * there. Whether the token is genuine only that server can say. @throws ParlorError `validation_failed`.
 */
export async function prepareHost(
  ports: HostPorts,
  { serverUrl, accessToken }: GivenHost,
): Promise<{ serverUrl: string; sealedToken: string }> {
  checkToken(accessToken, ports.clock)
  await checkHostAddress(ports, serverUrl)
  return { serverUrl, sealedToken: sealText(ports.seal, accessToken) }
}

/** Asked again before each joining: a name may lead elsewhere by then. @throws ParlorError `validation_failed`. */
export async function checkHostAddress(
  ports: Pick<HostPorts, 'checkAddress' | 'mayBePlain'>,
  text: string,
): Promise<void> {
  const url = text.length > longestUrl ? null : URL.parse(text)
  if (url === null || !/^wss?:$/.test(url.protocol)) {
    throw refuseField(addressField, 'not_allowed', 'write the address of a LiveKit server, such as wss://media.example')
  }
  if (url.protocol === 'ws:' && !ports.mayBePlain(url)) {
    throw refuseField(
      addressField,
      'not_allowed',
      'only wss is taken: without it the token would be readable on its way',
    )
  }
  await ports.checkAddress(url, addressField)
}

/** What is seen of a token without its key: it is not over, and lets somebody into one room. */
function checkToken(token: string, clock: Clock): void {
  const claims = token.length > longestToken ? null : readClaims(token)
  const refuse = (message: string) => refuseField(tokenField, 'not_allowed', message)
  if (claims === null) throw refuse('it is no LiveKit access token')
  const { exp, video } = claims
  if (typeof exp !== 'number' || exp * 1000 <= clock.now())
    throw refuse('the token has expired, or never says when it does')
  if (!isRecord(video) || video.roomJoin !== true || typeof video.room !== 'string' || video.room === '') {
    throw refuse('the token joins no room: it needs the grants roomJoin and room')
  }
}

function readClaims(token: string): Record<string, unknown> | null {
  const [, body, signature, more] = token.split('.')
  if (!body || !signature || more !== undefined) return null
  try {
    const claims: unknown = JSON.parse(Buffer.from(body, 'base64url').toString())
    return isRecord(claims) ? claims : null
  } catch {
    return null
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function sealText(seal: Seal, text: string): string {
  return Buffer.from(seal.close(Buffer.from(text))).toString('base64')
}

/** @throws Error when it was closed under another secret. */
export function unsealText(seal: Seal, box: string): string {
  return Buffer.from(seal.open(Buffer.from(box, 'base64'))).toString()
}
