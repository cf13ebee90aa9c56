import { randomBytes } from 'node:crypto'
import { openHttpClient } from '../../acceptance/harness/http-client.ts'
import { makeAgent } from '../../acceptance/harness/make-agent.ts'
import { askWith, type Server, startParlorServer } from '../floor/servers.ts'
import { writePages } from '../knowledge/write-pages.ts'
import type { Target } from './caller.ts'

/** A Parlor in front of the endpoint, and how a page calls it. */
export interface Chat {
  server: Server
  target: Target
}

export interface ChatsOptions {
  folder: string
  /** Of the endpoint. */
  baseUrl: string
  /** Sessions, each with a token of its own. */
  callers: number
  /** Makes each server a database; without it they keep SQLite files. */
  makeDatabase?: ((name: string) => Promise<string>) | undefined
  /** For profiling. */
  nodeArgs?: string[]
}

const origin = 'https://shop.example'
const documents = 30

/** Two servers that differ in one thing: the agent of the second has a small knowledge base, so that it searches before it asks. */
export async function startChats(options: ChatsOptions): Promise<Chat[]> {
  const { folder, baseUrl, callers, makeDatabase, nodeArgs = [] } = options
  const limits = {
    PARLOR_LLM_BASE_URL: baseUrl,
    PARLOR_LLM_MODEL: 'bench',
    // A token of the bench asks more than a visitor does.
    PARLOR_LIMIT_MESSAGES: '10000000',
    PARLOR_LIMIT_TOKENS: '900000000',
  }
  const start = async (name: string) => {
    const url = await makeDatabase?.(name)
    const store = url === undefined ? {} : { DATABASE_URL: url, PARLOR_SECRET: randomBytes(32).toString('hex') }
    return startParlorServer(folder, { name, env: { ...limits, ...store }, nodeArgs })
  }
  const plain = await start('plain')
  await makeAgentWithoutBase(plain)
  const knowing = await start('knowing')
  await makeAgentWithBase(knowing)
  return [
    { server: plain, target: await targetOf(plain, 'through Parlor', callers) },
    { server: knowing, target: await targetOf(knowing, 'Parlor, with knowledge base', callers) },
  ]
}

async function makeAgentWithoutBase({ port, key }: Server): Promise<void> {
  const must = askWith(port, key)
  const brain = await must<{ id: string }>('POST', '/v1/brains', {
    name: 'Plain brain',
    system_prompt: 'Answer in a few words.',
    llm_name: 'default',
  })
  const [avatars, voices] = await Promise.all(
    ['avatars', 'voices'].map((path) => must<{ data: { id: string }[] }>('GET', `/v1/${path}?scope=public`)),
  )
  await must('POST', '/v1/agentic-avatars', {
    name: 'Plain agent',
    avatar_id: avatars?.data[0]?.id,
    voice_id: voices?.data[0]?.id,
    brain_id: brain.id,
    settings: {},
  })
}

/** The newest agent of a project is the one that answers. */
async function makeAgentWithBase({ port, key }: Server): Promise<void> {
  const pages = writePages()
  const texts = Array.from({ length: documents }, () => pages.next().value as { name: string; text: string })
  await makeAgent(askWith(port, key), {
    name: 'Knowing agent',
    knowledgeBase: 'A few pages',
    model: 'default',
    documents: texts.map(({ name, text }) => ({ name: name.replaceAll('/', '-'), text })),
  })
}

async function targetOf({ port, key }: Server, name: string, count: number): Promise<Target> {
  const http = openHttpClient(port)
  const headers = { 'gram-key': key, 'gram-project': 'default' }
  const wish = { embed_origin: origin, expires_after: 3600 }
  const callers: Record<string, string>[] = []
  while (callers.length < count) {
    const made = await http.send<{ client_token: string }>('POST', '/rpc/chatSessions.create', wish, headers)
    if (made.status !== 200) throw new Error(`A token was not made: ${made.text}`)
    callers.push({ origin, 'gram-chat-session': made.body.client_token })
  }
  http.close()
  return { name, port, path: '/chat/completions', callers }
}
