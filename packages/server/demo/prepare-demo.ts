import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { addDocument, createBase, type KnowledgeBase, type KnowledgeStore } from '@parlor/conversation/knowledge'
import { newPlainKey } from '@parlor/core/account'
import { type Agent, createAgent } from '@parlor/core/agent'
import { newId } from '@parlor/core/time'
import { addSecretKey, ensureAccount, publicAvatarId, publicVoiceId, type SeedPorts } from '../ops/seed.ts'

export interface DemoPorts extends SeedPorts {
  knowledge: KnowledgeStore
  /** One line for each thing that was made, and progress on the long one. */
  say(line: string): void
  progress(done: number, total: number): void
}

const names = { account: 'Parlor demo', key: 'demo page', base: 'Fastify documentation', agent: 'Fastify guide' }
const ceilings = { concurrency: 20, maxDurationSeconds: 900 }
const documents = fileURLToPath(new URL('./knowledge', import.meta.url))

/** The sample account, knowledge base and agent, made once; and a key that is new at each start, because none is kept. */
export async function prepareDemo(ports: DemoPorts): Promise<{ agentId: string; apiKey: string }> {
  const { account, project, isNew } = await ensureAccount(ports, names.account, ceilings)
  if (isNew)
    ports.say(`made the account "${names.account}" (at most ${ceilings.concurrency} sessions, 15 minutes each)`)
  const base = await ensureBase(ports, account.id, project.id)
  await importDocuments(ports, base)
  const agent = await ensureAgent(ports, base)
  for (const key of await ports.accounts.listKeys(account.id)) {
    if (key.disabledAt === null && key.name === names.key)
      await ports.accounts.disableKey(account.id, key.id, ports.clock.now())
  }
  const apiKey = newPlainKey('secret')
  await addSecretKey(ports, project, { name: names.key, plain: apiKey, rateLimit: 60, rateWindowSeconds: 60 })
  return { agentId: agent.id, apiKey }
}

async function ensureBase(ports: DemoPorts, accountId: string, projectId: string): Promise<KnowledgeBase> {
  const found = await ports.knowledge.findBaseByName(accountId, names.base)
  if (found !== null) return found
  ports.say(`made the knowledge base "${names.base}"`)
  return createBase(ports, { accountId, projectId, name: names.base, description: null })
}

async function importDocuments(ports: DemoPorts, base: KnowledgeBase): Promise<void> {
  const files = readdirSync(documents, { recursive: true, encoding: 'utf8' }).filter(isDocument).sort()
  let changed = 0
  for (const [index, file] of files.entries()) {
    const bytes = readFileSync(join(documents, file))
    const name = file.split(sep).join('/')
    const url = `https://fastify.dev/docs/latest/${name.replace(/\.md$/, '/')}`
    const { outcome } = await addDocument(ports, base, { name, bytes, url })
    if (outcome !== 'unchanged') changed += 1
    ports.progress(index + 1, files.length)
  }
  if (changed > 0) ports.say(`read ${changed} documents into it`)
}

/** The pages themselves; not the licence and the note on their source that lie beside them. */
function isDocument(file: string): boolean {
  return file.endsWith('.md') && !/^(README|SOURCE|LICENSE)\b/.test(file)
}

async function ensureAgent(ports: DemoPorts, base: KnowledgeBase): Promise<Agent> {
  const { agents, clock } = ports
  const { items } = await agents.agents.list(base.accountId, 'private', { offset: 0, limit: 100 })
  const found = items.find((agent) => agent.name === names.agent)
  if (found !== undefined) return found
  const now = clock.now()
  const brain = {
    id: newId(clock),
    accountId: base.accountId,
    name: names.agent,
    instructions: 'Answer questions about Fastify from the documentation.',
    model: 'extractive',
    knowledgeBaseId: base.id,
    isPublic: false,
    isActive: true,
    createdAt: now,
    updatedAt: now,
    archivedAt: null,
  }
  await agents.brains.insert(brain)
  ports.say(`made the agent "${names.agent}"`)
  return createAgent(agents, clock, {
    accountId: base.accountId,
    projectId: base.projectId,
    name: names.agent,
    description: 'The sample agent of the demo.',
    avatarId: publicAvatarId,
    voiceId: publicVoiceId,
    brainId: brain.id,
    settings: {
      greeting: 'Hello! Ask me anything about Fastify; I answer from its documentation.',
      personality: null,
      languages: ['en'],
      maxConversationLength: null,
    },
  })
}
