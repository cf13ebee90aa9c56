import type { RoomTerms, Session } from '@parlor/core/session'
import { newId } from '@parlor/core/time'
import type { Composed } from '../../compose.ts'
import { type Belongings, type House, openHouse } from '../house.ts'

/** What an account has, on the avatar wire, too, by the words the admission rows use. */
export interface RoomBelongings extends Belongings {
  roomAgent: string
  roomAvatar: string
  roomBrain: string
  roomFace: string
  roomVoice: string
  roomCharacter: string
  roomSession: string
  /** A session some publishable key started. */
  roomPass: string
}

/** The least that begins as a PNG does. */
export const refImage =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='

/** A house whose accounts own one of each thing of the avatar wire as well. */
export async function openRoomHouse(settings?: Record<string, string>) {
  const house = await openHouse(settings)
  const furnish = (owner: Belongings) => furnishRoom(house, owner)
  return { ...house, mine: await furnish(house.mine), theirs: await furnish(house.theirs) }
}

/** Made on this wire with a key of the account. The sessions have no room: no media server is asked. */
async function furnishRoom({ composed, makeKey }: House, owner: Belongings): Promise<RoomBelongings> {
  const { app, stores } = composed
  const key = await makeKey(owner)
  const make = async (path: string, payload: object): Promise<string> => {
    const made = await app.inject({ method: 'POST', url: `/v3${path}`, headers: { 'x-api-key': key }, payload })
    if (made.statusCode !== 201) throw new Error(`${path} was not made: ${made.body}`)
    return made.json().id
  }
  const roomAgent = await make('/agents', { provider: 'openai', name: 'Guide' })
  const roomAvatar = await make('/avatars', { identity: 'guide', name: 'Guide', refImage, agentId: null })
  const voice = { name: 'Voice', description: '', sampleUrl: 'https://a.example/a.wav', voiceId: 'a' }
  const brain = { name: 'Brain', instructions: '', greetingMessage: '', model: 'default' }
  const parts = { avatarId: roomAvatar, brainId: roomAgent }
  const [roomSession = '', roomPass = ''] = await Promise.all(
    [false, true].map((isPass) => insertSession(stores, owner, { ...parts, isPass })),
  )
  return {
    ...owner,
    roomAgent,
    roomAvatar,
    roomBrain: await make('/brains', brain),
    roomFace: await make('/faces', { identity: 'emily' }),
    roomVoice: await make('/voices', voice),
    roomCharacter: await make('/characters', { name: 'Character', livekitIdentity: 'character' }),
    roomSession,
    roomPass,
  }
}

type RoomParts = Pick<RoomTerms, 'avatarId' | 'brainId' | 'isPass'>

async function insertSession(stores: Composed['stores'], owner: Belongings, parts: RoomParts): Promise<string> {
  const session = draftSession(stores, owner, parts)
  const issued = { sessionId: session.id, number: 1, at: session.createdAt, type: 'issued', facts: {} } as const
  await stores.sessions.insertSession(session, issued, null)
  return session.id
}

function draftSession({ clock }: Composed['stores'], { accountId, projectId }: Belongings, parts: RoomParts): Session {
  const room: RoomTerms = {
    ...parts,
    name: 'A meeting',
    avatarIdentity: 'guide',
    knowledgeBaseId: null,
    consumer: { identity: 'visitor', name: 'Visitor' },
    remoteAgent: null,
    host: null,
    additionalContext: null,
    templateVars: {},
  }
  return {
    accountId,
    projectId,
    id: newId(clock),
    kind: 'avatar',
    agentId: parts.avatarId,
    keyId: null,
    jti: newId(clock),
    kid: newId(clock),
    state: 'issued',
    reason: null,
    createdAt: clock.now(),
    expiresAt: (Math.floor(clock.now() / 1000) + 3600) * 1000,
    liveAt: null,
    endedAt: null,
    settings: {
      features: { voiceInput: true, textInput: true, knowledgeBase: true },
      sites: { domains: [], origins: [] },
      audioOnly: false,
      singleUse: true,
      metadata: null,
      room,
    },
    boundVisitorId: null,
    entries: 1,
  }
}
