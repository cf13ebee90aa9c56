import { hash, randomBytes } from 'node:crypto'

/** What a key may do. `write` implies `read`; the last seven belong to the chat wire, `client` to publishable keys. */
export const scopes = [
  'read',
  'write',
  'consumer',
  'producer',
  'chat',
  'hooks',
  'agent',
  'agent_user',
  'client',
] as const
export type Scope = (typeof scopes)[number]

const implied: Partial<Record<Scope, readonly Scope[]>> = {
  write: ['read'],
  producer: ['consumer', 'chat'],
  agent: ['agent_user'],
}

/** An API key as it is stored: never the key itself, only its digest. */
export interface Key {
  id: string
  accountId: string
  projectId: string
  /** Whether it may act in any project of its account, not in {@link projectId} alone. */
  isAccountWide: boolean
  kind: 'secret' | 'client'
  name: string
  /** SHA-256 of the key, hex. */
  digest: string
  /** The first characters, shown so that people can tell keys apart. */
  prefix: string
  /** The key with its middle hidden. */
  masked: string
  scopes: Scope[]
  /** Requests allowed in a window; null for the installation's default, 0 for no limit. */
  rateLimit: number | null
  rateWindowSeconds: number | null
  /** The longest session this key may make, in seconds; null for the account's ceiling. */
  maxDurationSeconds: number | null
  /** How many sessions it may have open at once; null for no ceiling of its own. */
  concurrency: number | null
  /** Origins a client key may be used from; empty for any. */
  allowedOrigins: string[]
  expiresAt: number | null
  disabledAt: number | null
  createdAt: number
}

/** SHA-256 in hex: how a secret key is known, whichever header carries it. */
export function digestKey(plain: string): string {
  return hash('sha256', plain, 'hex')
}

/** How the keys of a wire look: what they begin with, and how many of the digits after it are shown for good. */
export interface KeyFormat {
  beginning: string
  shownDigits: number
}

/** A new secret with 256 random bits. It is shown once and never stored. */
export function newPlainKey(kind: Key['kind'], format?: KeyFormat): string {
  const beginning = format?.beginning ?? (kind === 'client' ? 'prl_pub_' : 'prl_live_')
  return `${beginning}${randomBytes(32).toString('hex')}`
}

/** How a key is shown after its creation: prefix, dots, last four characters. */
export function maskKey(plain: string, format?: KeyFormat): { prefix: string; masked: string } {
  const shown = format === undefined ? 13 : format.beginning.length + format.shownDigits
  const prefix = plain.slice(0, Math.min(shown, Math.floor(plain.length / 3)))
  return { prefix, masked: `${prefix}…${plain.slice(-4)}` }
}

/** Whether a key with `granted` may do what needs `needed`. */
export function allows(granted: readonly Scope[], needed: Scope): boolean {
  return granted.some((scope) => scope === needed || implied[scope]?.includes(needed))
}
