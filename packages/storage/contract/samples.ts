import { randomUUID } from 'node:crypto'
import type { Chat, ChatMessage, ChatRole } from '@parlor/conversation/chat'
import type { Chunk, KnowledgeBase, KnowledgeDocument } from '@parlor/conversation/knowledge'
import type { Account, Key, Project } from '@parlor/core/account'
import type { LedgerEntry, Session, Visitor } from '@parlor/core/session'

/** What people and programs send that must neither break anything nor change anything else. */
export const hostileTexts: readonly string[] = [
  '',
  "Robert'); DROP TABLE sessions;--",
  '"quoted" AND NOT NEAR(a b, 2)',
  'a* OR b^ -c {d} : e',
  'title:secret',
  '(((((',
  '👩‍👩‍👧‍👦 naïve Ünïcödé 漢字 العربية',
  '%_\\%',
  'x'.repeat(20_000),
]

/** Texts a store may keep in another form, but must take without harm: NUL, and halves of a surrogate pair. */
export const brokenTexts: readonly string[] = ['nul\0inside', '\0', '\ud800 high', 'low \udc00']

export function sampleAccount(changed: Partial<Account> = {}): Account {
  const id = randomUUID()
  return {
    id,
    name: `Shop ${id}`,
    concurrency: 10,
    maxDurationSeconds: 3600,
    suspendedAt: null,
    createdAt: 1_000,
    ...changed,
  }
}

export function sampleProject(accountId: string, changed: Partial<Project> = {}): Project {
  return {
    id: randomUUID(),
    accountId,
    slug: 'default',
    name: 'Default',
    strictOrigins: false,
    allowedOrigins: [],
    originRequests: [],
    deletedAt: null,
    createdAt: 1_000,
    ...changed,
  }
}

export function sampleKey(accountId: string, changed: Partial<Key> = {}): Key {
  return {
    id: randomUUID(),
    accountId,
    projectId: randomUUID(),
    isAccountWide: false,
    kind: 'secret',
    name: 'backend',
    digest: randomUUID(),
    prefix: 'prl_live_0',
    masked: 'prl_live_0…1234',
    scopes: ['read', 'write'],
    rateLimit: null,
    rateWindowSeconds: 60,
    maxDurationSeconds: null,
    concurrency: null,
    allowedOrigins: ['https://shop.example'],
    expiresAt: null,
    disabledAt: null,
    createdAt: 1_000,
    ...changed,
  }
}

/** @param now when it is made; it lives for a minute. */
export function sampleSession(now: number, changed: Partial<Session> = {}): Session {
  return {
    id: randomUUID(),
    kind: 'widget',
    accountId: 'account',
    projectId: randomUUID(),
    agentId: randomUUID(),
    keyId: randomUUID(),
    jti: randomUUID(),
    kid: randomUUID(),
    state: 'issued',
    reason: null,
    createdAt: now,
    expiresAt: now + 60_000,
    liveAt: null,
    endedAt: null,
    settings: {
      features: { voiceInput: true, textInput: true, knowledgeBase: false },
      sites: { domains: ['shop.example'], origins: [] },
      audioOnly: false,
      singleUse: false,
      metadata: { plan: 'pro', nested: { list: [1, null, "it's"] } },
    },
    boundVisitorId: null,
    entries: 1,
    ...changed,
  }
}

export function issuedEntry(session: Session): LedgerEntry {
  return { sessionId: session.id, number: 1, at: session.createdAt, type: 'issued', facts: {} }
}

export function sampleVisitor(sessionId: string, changed: Partial<Visitor> = {}): Visitor {
  return { id: randomUUID(), sessionId, resumeDigest: 'ab'.repeat(32), createdAt: 2_000, ...changed }
}

export function sampleBase(changed: Partial<KnowledgeBase> = {}): KnowledgeBase {
  return {
    id: randomUUID(),
    accountId: 'account',
    projectId: randomUUID(),
    name: 'Help',
    description: null,
    createdAt: 1_000,
    updatedAt: 1_000,
    ...changed,
  }
}

export function sampleDocument(baseId: string, changed: Partial<KnowledgeDocument> = {}): KnowledgeDocument {
  return {
    id: randomUUID(),
    knowledgeBaseId: baseId,
    name: 'guide/returns.md',
    title: 'Guide',
    url: 'https://shop.example/returns',
    mediaType: 'text/markdown',
    bytes: 120,
    hash: '0'.repeat(64),
    createdAt: 1_000,
    updatedAt: 1_000,
    ...changed,
  }
}

/** Chunks of these texts, in this order. */
export function chunksOf(...texts: string[]): Chunk[] {
  return texts.map((text, position) => ({ position, headings: ['Top'], anchor: null, text, keywords: '' }))
}

/** How a chat begins; nobody's in particular, under no session. */
export function sampleChat(changed: Partial<Chat> = {}): Omit<Chat, 'messages'> {
  return {
    id: randomUUID(),
    accountId: 'account',
    projectId: 'project',
    agentId: randomUUID(),
    sessionId: null,
    endUserId: null,
    title: null,
    feedback: null,
    createdAt: 1_000,
    updatedAt: 1_000,
    ...changed,
  }
}

export function chatMessage(text: string, role: ChatRole = 'user', changed: Partial<ChatMessage> = {}): ChatMessage {
  return { id: randomUUID(), role, text, at: 1_000, ...changed }
}
