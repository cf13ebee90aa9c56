import type { SiteList } from '../origin/index.ts'

export type SessionKind = 'widget' | 'chat' | 'avatar'
export type SessionState = 'issued' | 'live' | 'ended'
/** Why a session is over. `revoked` and `stopped` are somebody's wish, the others happen to it. */
export type EndReason = 'revoked' | 'stopped' | 'expired' | 'limit' | 'failed'

export interface SessionFeatures {
  voiceInput: boolean
  textInput: boolean
  knowledgeBase: boolean
}

/** A session as it is stored. Times are milliseconds since 1970, UTC. The token itself is never kept. */
export interface Session {
  id: string
  kind: SessionKind
  accountId: string
  projectId: string
  agentId: string
  /** The key that made it; null for one made by an operator. */
  keyId: string | null
  /** The token's id (UUIDv4): the row found by it decides everything a claim only says. */
  jti: string
  /** The signing key of its token. */
  kid: string
  state: SessionState
  reason: EndReason | null
  createdAt: number
  /** Always a whole second, and equal to the token's `exp`. */
  expiresAt: number
  liveAt: number | null
  endedAt: number | null
  settings: SessionSettings
  /** The visitor a `singleUse` session belongs to, once one came. */
  boundVisitorId: string | null
  /** How many ledger entries it has; they are numbered from 1. */
  entries: number
}

/** What was fixed when the session was made and never changes. */
export interface SessionSettings {
  features: SessionFeatures
  sites: Omit<SiteList, 'name'>
  audioOnly: boolean
  singleUse: boolean
  /** The one origin the token's `aud` names, verbatim, where the session is bound to one (contracts 3.2). */
  audience?: string
  /** The customer's own name for whoever uses the session; an empty one names nobody. */
  endUserId?: string
  /** The operator session it was made with, where it was not made with a key. */
  operatorSessionId?: string
  metadata: Readonly<Record<string, unknown>> | null
  /** An avatar session's own terms. */
  room?: RoomTerms
}

/** Who somebody is in a media room. */
export interface RoomGuest {
  identity: string
  name: string
}

/** What an avatar session was made for: who meets in its room, and what the avatar knows. */
export interface RoomTerms {
  /** The caller's label for the session. */
  name: string
  /** The look that is seen, and the identity it has in the room. */
  avatarId: string
  avatarIdentity: string
  /** Who answers; null where an agent of the customer's own speaks through the avatar. */
  brainId: string | null
  knowledgeBaseId: string | null
  /** Whoever talks to the avatar. */
  consumer: RoomGuest | null
  /** The customer's own agent. */
  remoteAgent: RoomGuest | null
  /** The customer's own media server; the token is sealed (`core/token`), in base64. */
  host: { serverUrl: string; sealedToken: string } | null
  /** Whether a publishable key made it. */
  isPass: boolean
  /** Facts for the talk, never instructions. */
  additionalContext: string | null
  templateVars: Readonly<Record<string, string>>
}

/** Somebody who uses the session's token. Sequence numbers, transcript and conversation are the visitor's own. */
export interface Visitor {
  id: string
  sessionId: string
  /** SHA-256 of the resume key, hex. */
  resumeDigest: string
  createdAt: number
}

/** One line of the append-only ledger, written in the transaction of the change it tells of. */
export interface LedgerEntry {
  sessionId: string
  /** From 1, per session. */
  number: number
  at: number
  type: 'issued' | 'visitor_joined' | 'live' | 'ended'
  /** Facts of the change: the reason, the visitor. No tokens, nothing a person said. */
  facts: Readonly<Record<string, string>>
}
