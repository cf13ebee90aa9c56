import { ParlorError, refuseField } from '../errors/index.ts'
import { longestDurationSeconds } from '../limits/index.ts'
import { parseOrigin } from '../origin/index.ts'
import { newId } from '../time/index.ts'
import type { Project } from './account.ts'
import { checkConcurrency, checkName, checkWhole } from './check-wish.ts'
import type { AccountPorts } from './create-account.ts'
import { allows, digestKey, type Key, type KeyFormat, maskKey, newPlainKey, type Scope, scopes } from './key.ts'

export interface KeyWish {
  kind: Key['kind']
  name: string
  /** For a secret key; absent means read and write. A client key always has `client` alone. */
  scopes?: readonly string[]
  /** Requests in a window; null or absent for the installation's default, 0 for no limit. */
  rate?: { limit: number; windowSeconds: number } | null
  /** The longest session it may make, in seconds. */
  maxDurationSeconds?: number | null
  /** How many sessions it may have open at once; null or absent for no ceiling of its own. */
  concurrency?: number | null
  /** Milliseconds since 1970. */
  expiresAt?: number | null
  /** Whether it may act in any project of the account; absent means in its own alone. Who may wish this, the wire judges. */
  isAccountWide?: boolean
  /** How the key looks; absent for the form its kind usually has. */
  format?: KeyFormat
  /** For a client key: the origins it may be used from; empty for any. */
  allowedOrigins?: readonly string[]
}

/** Who makes a key: what it may not do, the new key may not do either. */
export interface KeyMaker {
  key: Pick<Key, 'scopes' | 'maxDurationSeconds'>
  isOperator: boolean
}

/** What a client key's sessions may last where nobody says more, in seconds (design 5). */
const clientDurationSeconds = 600
const mostOrigins = 100
const highestRate = 1_000_000
const longestWindowSeconds = 86_400

/**
 * Makes a key of a project. `plain` is the key itself: it is shown once and not kept. Durable when it resolves.
 * @throws ParlorError `validation_failed`, `insufficient_scope` for a scope the maker lacks, `forbidden` for a freedom it lacks.
 */
export async function createKey(
  { accounts, clock }: AccountPorts,
  project: Project,
  maker: KeyMaker,
  wish: KeyWish,
): Promise<{ key: Key; plain: string }> {
  const plain = newPlainKey(wish.kind, wish.format)
  const key: Key = {
    id: newId(clock),
    accountId: project.accountId,
    projectId: project.id,
    isAccountWide: wish.isAccountWide ?? false,
    kind: wish.kind,
    name: checkName(wish.name),
    digest: digestKey(plain),
    ...maskKey(plain, wish.format),
    scopes: wish.kind === 'client' ? clientScopes(wish) : secretScopes(wish, maker.key.scopes),
    ...checkRate(wish, maker),
    maxDurationSeconds: chooseCeiling(wish, maker),
    concurrency: checkConcurrency(wish.concurrency ?? null),
    allowedOrigins: checkOrigins(wish),
    expiresAt: checkExpiry(wish, clock.now()),
    disabledAt: null,
    createdAt: clock.now(),
  }
  await accounts.insertKey(key)
  return { key, plain }
}

function clientScopes(wish: KeyWish): Scope[] {
  if (wish.scopes?.some((scope) => scope !== 'client')) {
    throw refuseField(['scopes'], 'not_allowed', 'a client key has the scope "client" and no other')
  }
  return ['client']
}

function secretScopes(wish: KeyWish, granted: readonly Scope[]): Scope[] {
  const wanted = [...new Set(wish.scopes ?? ['read', 'write'])].map((scope, index) => knownScope(scope, index))
  if (wanted.length === 0) throw refuseField(['scopes'], 'empty', 'name at least one scope')
  const lacking = wanted.filter((scope) => !allows(granted, scope))
  if (lacking.length === 0) return wanted
  throw new ParlorError('insufficient_scope', {
    message: `A key cannot give what it does not have: yours lacks ${lacking.map((scope) => `"${scope}"`).join(', ')}.`,
    facts: { needed: lacking.join(' ') },
  })
}

function knownScope(text: string, index: number): Scope {
  const known = scopes.find((scope) => scope === text && scope !== 'client')
  if (known !== undefined) return known
  const choice = scopes.filter((scope) => scope !== 'client').join(', ')
  throw refuseField(
    ['scopes', index],
    'unknown_scope',
    `a secret key takes ${choice}; client keys are a kind of their own`,
  )
}

function checkRate(wish: KeyWish, maker: KeyMaker): Pick<Key, 'rateLimit' | 'rateWindowSeconds'> {
  if (wish.rate === undefined || wish.rate === null) return { rateLimit: null, rateWindowSeconds: null }
  const { limit, windowSeconds } = wish.rate
  if (limit === 0 && !maker.isOperator) {
    throw new ParlorError('forbidden', {
      message: 'Only keys of the operator’s account may make a key without a rate limit. Name a limit above 0.',
    })
  }
  checkWhole(limit, 'rateLimit', { from: 0, to: highestRate, unit: 'requests' })
  checkWhole(windowSeconds, 'rateWindowSeconds', { from: 1, to: longestWindowSeconds, unit: 'seconds' })
  return { rateLimit: limit, rateWindowSeconds: windowSeconds }
}

/** A key whose own sessions are short makes no key for longer ones. */
function chooseCeiling(wish: KeyWish, { key }: KeyMaker): number | null {
  const most = key.maxDurationSeconds ?? longestDurationSeconds
  const fallback = wish.kind === 'client' ? Math.min(clientDurationSeconds, most) : key.maxDurationSeconds
  const wanted = wish.maxDurationSeconds ?? fallback
  return checkWhole(wanted, 'maxDurationSeconds', { from: 1, to: most, unit: 'seconds' })
}

function checkOrigins(wish: KeyWish): string[] {
  const origins = wish.allowedOrigins ?? []
  if (origins.length > 0 && wish.kind !== 'client') {
    throw refuseField(['allowedOrigins'], 'not_allowed', 'only a client key is bound to origins')
  }
  if (origins.length > mostOrigins) {
    throw refuseField(['allowedOrigins'], 'too_many', `name at most ${mostOrigins} origins`)
  }
  return [...new Set(origins.map((origin, index) => parseOrigin(origin, ['allowedOrigins', String(index)])))]
}

function checkExpiry(wish: KeyWish, now: number): number | null {
  const expiresAt = wish.expiresAt ?? null
  if (expiresAt === null || (Number.isSafeInteger(expiresAt) && expiresAt > now)) return expiresAt
  throw refuseField(['expiresAt'], 'out_of_range', 'write a time that is still to come')
}
