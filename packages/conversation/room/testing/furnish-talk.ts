import { join, type RoomTerms, type Session, type SessionFeatures } from '@parlor/core/session'
import type { openSqliteStores } from '@parlor/storage/sqlite'

const id = (last: string) => `0196f000-0000-7000-8000-00000000000${last}`
const [sessionId, avatarId, brainId, accountId, projectId] = ['1', '2', '3', '4', '5'].map(id) as [
  string,
  string,
  string,
  string,
  string,
]
export const visitorId = id('a')

const usualTerms: RoomTerms = {
  name: 'talk',
  avatarId,
  avatarIdentity: 'ava',
  brainId,
  knowledgeBaseId: null,
  consumer: { identity: 'guest', name: 'Guest' },
  remoteAgent: null,
  host: null,
  isPass: false,
  additionalContext: null,
  templateVars: { who: 'Guest' },
}

export function talkSession(
  now: number,
  terms: Partial<RoomTerms> = {},
  features: Partial<SessionFeatures> = {},
): Session & { settings: { room: RoomTerms } } {
  return {
    id: sessionId,
    kind: 'avatar',
    accountId,
    projectId,
    agentId: avatarId,
    keyId: null,
    jti: 'jti',
    kid: 'kid',
    state: 'issued',
    reason: null,
    createdAt: now,
    expiresAt: now + 3_600_000,
    liveAt: null,
    endedAt: null,
    settings: {
      features: { voiceInput: true, textInput: true, knowledgeBase: true, ...features },
      sites: { domains: [], origins: [] },
      audioOnly: false,
      singleUse: true,
      metadata: null,
      room: { ...usualTerms, ...terms },
    },
    boundVisitorId: null,
    entries: 1,
  }
}

/** An avatar and its brain, and a session somebody came to. */
export async function furnishTalk(stores: ReturnType<typeof openSqliteStores>, now: number): Promise<void> {
  const own = { accountId, createdAt: now, archivedAt: null }
  await stores.accounts.insertAccount({
    id: accountId,
    name: 'talks',
    concurrency: null,
    maxDurationSeconds: null,
    suspendedAt: null,
    createdAt: now,
  })
  await stores.agents.avatars.insert({
    ...own,
    id: avatarId,
    name: 'Ava',
    description: null,
    gender: 'female',
    occupation: 'guide',
    look: {},
  })
  await stores.agents.brains.insert({
    ...own,
    id: brainId,
    name: 'Guide',
    instructions: 'You help {{who}}.',
    model: 'default',
    knowledgeBaseId: null,
    isPublic: false,
    isActive: true,
    updatedAt: now,
    madeAs: 'agent',
    remarks: { greetingMsg: 'Hello {{who}}, nice to see you here.', voice: 'Puck' },
  })
  const session = talkSession(now)
  await stores.sessions.insertSession(session, { sessionId, number: 1, at: now, type: 'issued', facts: {} }, null)
  const visitor = { id: visitorId, sessionId, resumeDigest: '', createdAt: now }
  await stores.sessions.changeSession(sessionId, (current) => join(current, visitor, now))
}
