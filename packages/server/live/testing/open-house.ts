import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import type { Account, Key, Project } from '@parlor/core/account'
import type { Agent, AgentSettings } from '@parlor/core/agent'
import { type CreatedSession, createSession, endSession, type SessionWish } from '@parlor/core/session'
import type { Clock } from '@parlor/core/time'
import { sealWith, signingKeysOver } from '@parlor/core/token'
import { openSqliteStores, type SqliteStores } from '@parlor/storage/sqlite'
import { createLive, type LivePorts } from '../index.ts'
import { scriptedBrain } from './scripted-brain.ts'

export const publicOrigin = 'http://parlor.test'

/** What a house stands on, whichever database keeps it. */
export type HouseStores = Omit<SqliteStores, 'stats' | 'highWater'>

/** A whole endpoint on a real store, a real server and real tokens. The clock can be moved forward. */
export async function openHouse(
  port: number,
  options: Partial<LivePorts> = {},
  openStores: (file: string, clock: Clock) => Promise<HouseStores> = async (file, clock) =>
    openSqliteStores({ file, clock }),
) {
  const folder = mkdtempSync(join(tmpdir(), 'parlor-live-'))
  /** The server's side of every connection, oldest first. */
  const streams: Duplex[] = []
  /** The codes connections were closed with, in order. */
  const closedWith: number[] = []
  const logged: { level: string; fields: object; message: string }[] = []
  const brain = scriptedBrain()
  let offset = 0
  const wall = { now: () => Date.now() + offset }
  const file = join(folder, 'parlor.sqlite')

  async function start() {
    const stores = await openStores(file, wall)
    const log = (level: string) => (fields: object, message: string) => void logged.push({ level, fields, message })
    const ports: LivePorts = {
      ...stores,
      signingKeys: signingKeysOver(stores.signingKeys, sealWith('a secret for this test only'), stores.clock),
      brain,
      publicOrigin,
      httpAllowed: false,
      limits: { messagesPerSession: null, tokensPerSession: null },
      logger: { info: log('info'), warn: log('warn'), error: log('error') },
      metrics: {
        socketOpened: () => {},
        socketClosed: (code) => void closedWith.push(code),
        messageStored: () => {},
        replyEnded: () => {},
      },
      ...options,
    }
    const live = createLive(ports)
    const server = createServer()
    server.on('upgrade', (request, socket, head) => {
      streams.push(socket)
      live.handleUpgrade(request, socket, head)
    })
    return { stores, ports, live, server }
  }

  let running = await start()
  await listen(running.server, port)
  const world = await furnish(running.stores)

  return {
    brain,
    wall,
    logged,
    streams,
    closedWith,
    world,
    url: `ws://127.0.0.1:${port}/v1/rt`,
    port,
    get live() {
      return running.live
    },
    get signingKeys() {
      return running.ports.signingKeys
    },
    get stores() {
      return running.stores
    },
    get ports() {
      return running.ports
    },
    advance: (ms: number) => {
      offset += ms
    },
    async session(wish: Partial<SessionWish> = {}): Promise<CreatedSession> {
      const { stores, ports } = running
      const { owner, project, agent } = world
      return createSession(
        { ...stores, signingKeys: ports.signingKeys, httpAllowed: false, claims: () => ({}) },
        owner,
        { ...plainWish(agent.id), ...wish },
        project,
      )
    },
    end: (id: string, reason: 'revoked' | 'failed' | 'limit' | 'stopped' = 'revoked') =>
      endSession({ ...running.stores, fanOut: running.live.fanOut }, id, reason),
    async stop() {
      await running.live.close()
      running.server.closeAllConnections()
      await new Promise((resolve) => running.server.close(resolve))
      await running.stores.close()
    },
    /** A new process over the same file. */
    async restart() {
      await this.stop()
      running = await start()
      await listen(running.server, port)
    },
    async close() {
      await this.stop()
      rmSync(folder, { recursive: true })
    },
  }
}

export type House = Awaited<ReturnType<typeof openHouse>>

function listen(server: ReturnType<typeof createServer>, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server.address() as AddressInfo))
  })
}

function plainWish(agentId: string): SessionWish {
  return {
    kind: 'widget',
    agentId,
    domains: [],
    origins: [],
    features: { voiceInput: true, textInput: true, knowledgeBase: true },
    audioOnly: false,
    singleUse: false,
    metadata: null,
  }
}

export const plainSettings: AgentSettings = {
  greeting: 'Hello!',
  personality: 'Be brief.',
  languages: ['en'],
  maxConversationLength: null,
}

async function furnish(stores: HouseStores) {
  const at = Date.now()
  const account: Account = {
    id: randomUUID(),
    name: 'acme',
    concurrency: null,
    maxDurationSeconds: null,
    suspendedAt: null,
    createdAt: at,
  }
  const accountId = account.id
  const project: Project = {
    id: randomUUID(),
    accountId,
    slug: 'default',
    name: 'Default',
    strictOrigins: false,
    allowedOrigins: [],
    originRequests: [],
    deletedAt: null,
    createdAt: at,
  }
  await stores.accounts.insertAccount(account)
  await stores.accounts.insertProject(project)
  const unlimited = { maxDurationSeconds: null, concurrency: null }
  const key = { id: randomUUID(), accountId, projectId: project.id, ...unlimited } as Key
  const agent = await furnishAgent(stores, accountId, project.id, at)
  return { owner: { account, key }, account, project, agent }
}

export async function furnishAgent(
  stores: HouseStores,
  accountId: string,
  projectId: string,
  at: number,
  settings: Partial<AgentSettings> = {},
): Promise<Agent> {
  const base = {
    id: randomUUID(),
    accountId,
    projectId,
    name: 'Handbook',
    description: null,
    createdAt: at,
    updatedAt: at,
  }
  await stores.knowledge.insertBase({ ...base, name: `Handbook ${base.id}` })
  const own = { accountId, name: 'Ada', description: null, createdAt: at, archivedAt: null }
  const avatar = { ...own, id: randomUUID(), gender: 'female', occupation: 'guide', look: { hair: '#222222' } }
  const voice = { ...own, id: randomUUID(), gender: 'neutral' as const, language: 'en' }
  const brain = {
    ...own,
    id: randomUUID(),
    instructions: 'Answer from the handbook.',
    model: 'extractive',
    knowledgeBaseId: base.id,
    isPublic: false,
    isActive: true,
    updatedAt: at,
  }
  const agent: Agent = {
    ...own,
    id: randomUUID(),
    projectId,
    avatarId: avatar.id,
    voiceId: voice.id,
    brainId: brain.id,
    settings: { ...plainSettings, ...settings },
    updatedAt: at,
  }
  await stores.agents.avatars.insert(avatar)
  await stores.agents.voices.insert(voice)
  await stores.agents.brains.insert(brain)
  await stores.agents.agents.insert(agent)
  return agent
}

/** The status line a raw upgrade request gets. */
export function askUpgrade(port: number, head: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(head))
    let answer = ''
    socket.on('data', (data) => {
      answer += data.toString()
      if (answer.includes('\r\n')) {
        socket.destroy()
        resolve(answer.slice(0, answer.indexOf('\r\n')))
      }
    })
    socket.on('error', reject)
  })
}
