import { addDocument, createBase } from '@parlor/conversation/knowledge'
import { type Key, logIn } from '@parlor/core/account'
import { createAgent } from '@parlor/core/agent'
import { newId } from '@parlor/core/time'
import { pino } from 'pino'
import { type Composed, compose } from '../compose.ts'
import { parseConfig } from '../config/config.ts'
import { readEnvironment } from '../config/env.ts'
import { ensureAccount, publicAvatarId, publicVoiceId, type SeedPorts, secretKey } from '../ops/seed.ts'
import { findPlace } from './testing/house-place.ts'

/** Everything one account owns, by the words the routes' parameters use. */
export interface Belongings {
  accountId: string
  projectId: string
  agent: string
  brain: string
  avatar: string
  voice: string
  base: string
  document: string
  /** The id of a key nobody holds. */
  key: string
}

/** A whole server over a fresh store, with two accounts that own one thing of each kind. Nothing in it is faked. */
export interface House {
  composed: Composed
  mine: Belongings
  theirs: Belongings
  /** The plain text of a new key of an account. */
  makeKey(owner: Belongings, changes?: Partial<Key>): Promise<string>
  /** The plain text of a new operator session of an account, made with a new key. */
  makeOperator(owner: Belongings, keyChanges?: Partial<Key>): Promise<string>
  /** An account that was suspended, and its project. */
  suspendedAccount(): Promise<Belongings>
  close(): Promise<void>
}

export async function openHouse(settings: Record<string, string> = {}): Promise<House> {
  const place = await findPlace()
  const env = { HOST: '127.0.0.1', PORT: '0', PARLOR_BOOTSTRAP_KEY: 'b'.repeat(40), ...place.env }
  const config = parseConfig({ ...readEnvironment({}), ...env, ...settings })
  const composed = await compose(config, pino({ level: 'silent' }))
  const { stores } = composed
  const seeds: SeedPorts = { accounts: stores.accounts, agents: stores.agents, clock: stores.clock }
  return {
    composed,
    mine: await furnish(composed, seeds, 'mine'),
    theirs: await furnish(composed, seeds, 'theirs'),
    makeKey: async (owner, changes) => (await insertKey(seeds, owner, changes)).plain,
    makeOperator: async (owner, changes) => {
      const { key } = await insertKey(seeds, owner, changes)
      const account = await stores.accounts.findAccount(owner.accountId)
      if (account === null) throw new Error('there is no such account')
      return (await logIn(stores, { key, account })).plain
    },
    suspendedAccount: async () => {
      const { account, project } = await ensureAccount(seeds, 'suspended')
      await stores.accounts.updateAccount({ ...account, suspendedAt: stores.clock.now() })
      const nothing = { agent: '', brain: '', avatar: '', voice: '', base: '', document: '', key: '' }
      return { ...nothing, accountId: account.id, projectId: project.id }
    },
    close: async () => {
      await composed.close()
      await place.leave()
    },
  }
}

async function insertKey(seeds: SeedPorts, owner: Belongings, changes: Partial<Key> = {}) {
  const plain = `key-${newId(seeds.clock)}-${newId(seeds.clock)}`
  const project = await seeds.accounts.findProject(owner.projectId)
  if (project === null) throw new Error('the account has no project')
  const key = { ...secretKey(seeds, project, { name: 'test', plain, rateLimit: 0 }), ...changes }
  await seeds.accounts.insertKey(key)
  return { key, plain }
}

async function furnish({ stores }: Composed, seeds: SeedPorts, name: string): Promise<Belongings> {
  const { clock, agents } = stores
  const { account, project } = await ensureAccount(seeds, name)
  const owner = { accountId: account.id, projectId: project.id }
  const base = await createBase(stores, { ...owner, name: 'Handbook' })
  const text = '# Opening hours\n\nThe shop opens at nine in the morning.\n'
  const { document } = await addDocument(stores, base, { name: 'hours.md', text })
  const own = { id: '', accountId: account.id, name, description: null, createdAt: clock.now(), archivedAt: null }
  const avatar = { ...own, id: newId(clock), gender: 'neutral', occupation: 'guide', look: {} }
  const voice = { ...own, id: newId(clock), gender: 'neutral' as const, language: 'en' }
  const brain = {
    ...own,
    id: newId(clock),
    instructions: 'Answer from the handbook.',
    model: 'extractive',
    knowledgeBaseId: base.id,
    isPublic: false,
    isActive: true,
    updatedAt: clock.now(),
  }
  await Promise.all([agents.avatars.insert(avatar), agents.voices.insert(voice), agents.brains.insert(brain)])
  const key = secretKey(seeds, project, { name: 'spare', plain: `spare-${newId(clock)}` })
  await stores.accounts.insertKey(key)
  const parts = { avatarId: publicAvatarId, voiceId: publicVoiceId, brainId: brain.id }
  const settings = { greeting: 'Welcome', personality: null, languages: ['en'], maxConversationLength: null }
  const agent = await createAgent(agents, clock, { ...owner, ...parts, name, description: null, settings })
  return {
    ...owner,
    agent: agent.id,
    brain: brain.id,
    avatar: avatar.id,
    voice: voice.id,
    base: base.id,
    document: document.id,
    key: key.id,
  }
}
