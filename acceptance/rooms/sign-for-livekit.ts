import { createHmac } from 'node:crypto'
import type { LiveKitServer } from '../harness/start-livekit.ts'

/** A token for a media server, made as any backend with its key makes one. It is good for ten minutes. */
export function signForLiveKit({ key, secret }: Pick<LiveKitServer, 'key' | 'secret'>, claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const now = Math.floor(Date.now() / 1000)
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ iss: key, nbf: now - 5, exp: now + 600, ...claims })}`
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}

/** What a customer's backend hands to somebody who may join one room. */
export function customersToken(livekit: Pick<LiveKitServer, 'key' | 'secret'>, identity: string, room: string): string {
  const video = { roomJoin: true, room, canPublish: true, canSubscribe: true, canPublishData: true }
  return signForLiveKit(livekit, { sub: identity, video })
}
