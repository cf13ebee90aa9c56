import {
  type Account,
  type AccountStore,
  digestKey,
  type Key,
  maskKey,
  newPlainKey,
  type Project,
  type Scope,
} from '@parlor/core/account'
import type { AgentStore } from '@parlor/core/agent'
import { type Clock, newId } from '@parlor/core/time'

export interface SeedPorts {
  accounts: AccountStore
  agents: AgentStore
  clock: Clock
}

/** The avatar and the voice every installation has; their ids are the same everywhere. */
export const publicAvatarId = '00000000-0000-7000-8000-000000000001'
export const publicVoiceId = '00000000-0000-7000-8000-000000000002'

const allScopes: Scope[] = ['read', 'write', 'consumer', 'producer', 'chat', 'hooks', 'agent', 'agent_user']

/** Puts in place what every installation has, once: a public avatar and voice. */
export async function seedPublicParts({ agents, clock }: SeedPorts): Promise<void> {
  const common = { accountId: null, createdAt: clock.now(), archivedAt: null }
  if ((await agents.avatars.find(publicAvatarId)) === null) {
    const words = {
      name: 'Iris',
      description: 'The drawn face that comes with Parlor.',
      gender: 'neutral',
      occupation: 'guide',
    }
    await agents.avatars.insert({ id: publicAvatarId, ...words, look: {}, ...common })
  }
  if ((await agents.voices.find(publicVoiceId)) === null) {
    const words = {
      name: 'Plain',
      description: 'The voice of the visitor’s own browser.',
      gender: 'neutral',
      language: 'en',
    } as const
    await agents.voices.insert({ id: publicVoiceId, ...words, ...common })
  }
}

/** The account of this name with its default project, made when missing. */
export async function ensureAccount(
  { accounts, clock }: SeedPorts,
  name: string,
  ceilings: Pick<Account, 'concurrency' | 'maxDurationSeconds'> = { concurrency: null, maxDurationSeconds: null },
): Promise<{ account: Account; project: Project; isNew: boolean }> {
  const found = await accounts.findAccountByName(name)
  const account = found ?? { id: newId(clock), name, ...ceilings, suspendedAt: null, createdAt: clock.now() }
  if (found === null) await accounts.insertAccount(account)
  const known = await accounts.findProjectBySlug(account.id, 'default')
  const project = known ?? {
    id: newId(clock),
    accountId: account.id,
    slug: 'default',
    name: 'Default',
    strictOrigins: false,
    allowedOrigins: [],
    originRequests: [],
    deletedAt: null,
    createdAt: clock.now(),
  }
  if (known === null) await accounts.insertProject(project)
  return { account, project, isNew: found === null }
}

type WantedKey = { name: string; plain: string } & Partial<
  Pick<Key, 'rateLimit' | 'rateWindowSeconds' | 'maxDurationSeconds'>
>

/** A secret key with all scopes, not stored yet. `plain` is the caller's to show once or to forget. */
export function secretKey({ clock }: Pick<SeedPorts, 'clock'>, project: Project, wanted: WantedKey): Key {
  return {
    id: newId(clock),
    accountId: project.accountId,
    projectId: project.id,
    isAccountWide: false,
    kind: 'secret',
    name: wanted.name,
    digest: digestKey(wanted.plain),
    ...maskKey(wanted.plain),
    scopes: allScopes,
    rateLimit: wanted.rateLimit ?? null,
    rateWindowSeconds: wanted.rateWindowSeconds ?? null,
    maxDurationSeconds: wanted.maxDurationSeconds ?? null,
    concurrency: null,
    allowedOrigins: [],
    expiresAt: null,
    disabledAt: null,
    createdAt: clock.now(),
  }
}

export async function addSecretKey(ports: SeedPorts, project: Project, wanted: WantedKey): Promise<void> {
  await ports.accounts.insertKey(secretKey(ports, project, wanted))
}

/** What sessions of a client key may last where nobody said more, in seconds (design 5, "Keys"). */
const clientDurationSeconds = 600

/** The client key that is configured, made unless it is known already, also when it was disabled since. Pages of any origin may use it. */
export async function ensureClientKey(ports: SeedPorts, project: Project, configured: string | null): Promise<void> {
  if (configured === null || (await ports.accounts.findKeyByDigest(digestKey(configured))) !== null) return
  const wanted = { name: 'bootstrap client', plain: configured, maxDurationSeconds: clientDurationSeconds }
  await ports.accounts.insertKey({ ...secretKey(ports, project, wanted), kind: 'client', scopes: ['client'] })
}

/**
 * The first key: the one configured (made unless it is known already, also when it was disabled since), or a new one when no
 * key exists at all. Returns the new key's text, to be shown once.
 */
export async function ensureFirstKey(
  ports: SeedPorts,
  project: Project,
  configured: string | null,
): Promise<string | null> {
  if (configured !== null) {
    if ((await ports.accounts.findKeyByDigest(digestKey(configured))) === null) {
      await addSecretKey(ports, project, { name: 'bootstrap', plain: configured, rateLimit: 0 })
    }
    return null
  }
  if (await ports.accounts.hasKeys()) return null
  const plain = newPlainKey('secret')
  await addSecretKey(ports, project, { name: 'first', plain })
  return plain
}
