import { randomUUID } from 'node:crypto'
import { loadServerSdk } from './load-server-sdk.ts'
import { callBoundMs, mediaFault } from './media-fault.ts'
import type { SigningKey } from './sign-grant.ts'

/**
 * Whether LiveKit makes a room when somebody joins one that is not there (`room.auto_create`). It tells whoever asks whether a
 * token would be let in, without letting it in; so we ask for a room that cannot exist. @throws ParlorError `unavailable`.
 */
export async function opensRooms(url: string, { key, secret }: SigningKey): Promise<boolean> {
  const { AccessToken } = await loadServerSdk()
  const token = new AccessToken(key, secret, { identity: 'parlor', ttl: 60 })
  token.addGrant({ roomJoin: true, room: `nowhere_${randomUUID()}`, canPublish: false, canSubscribe: false })
  const jwt = await token.toJwt()
  const signal = AbortSignal.timeout(callBoundMs)
  try {
    const status = await ask(url, signal, { authorization: `Bearer ${jwt}` })
    if (status === 200) return true
    // A proxy that does not know the path says 404 as well, but to everybody; LiveKit first wants a token.
    if (status === 404 && (await ask(url, signal, {})) === 401) return false
    throw Object.assign(new Error('/rtc/validate did not answer as LiveKit does'), { status })
  } catch (error) {
    throw mediaFault(error)
  }
}

async function ask(url: string, signal: AbortSignal, headers: Record<string, string>): Promise<number> {
  const answer = await fetch(`${url}/rtc/validate`, { signal, headers })
  await answer.arrayBuffer()
  return answer.status
}
