import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Brain } from '@parlor/conversation/brain'
import type { Key, Project } from '@parlor/core/account'
import { createChatSession, endSession, type IssuedSession } from '@parlor/core/session'
import { sealWith, signingKeysOver } from '@parlor/core/token'
import { openSqliteStores } from '@parlor/storage/sqlite'
import { type FastifyBaseLogger, fastify } from 'fastify'
import { pino } from 'pino'
import type { App } from '../../http/app-types.ts'
import { guardChatCallers } from '../../http/chat-guard.ts'
import { guardChatOrigins } from '../../http/chat-origin.ts'
import { errorPages, errorShapes, renderErrors } from '../../http/errors.ts'
import { readJsonBodies } from '../../http/json-body.ts'
import { keyRates } from '../../http/key-rates.ts'
import { watchRoutes } from '../../http/route-table.ts'
import { validateStrictly, writePlainJson } from '../../http/validation.ts'
import { furnishAgent } from '../../live/testing/open-house.ts'
import { renderChatError } from '../../wires/chat-rpc/index.ts'
import type { ChatPorts } from '../chat-ports.ts'
import { createTurns, holdRequests, registerChat, renderRawError, type TurnsOptions } from '../index.ts'

export const site = 'https://shop.example'

export interface ChatHouseOptions extends TurnsOptions {
  brain: Brain
  limits?: ChatPorts['limits']
  /** Puts something else in the place of a port. */
  change?(ports: ChatPorts): Partial<ChatPorts>
}

/** The chat routes on a real store, with real tokens and a brain that does as it is told. The clock can be moved forward. */
export async function openChatHouse({ brain, limits, change, ...options }: ChatHouseOptions) {
  const folder = mkdtempSync(join(tmpdir(), 'parlor-chat-'))
  let offset = 0
  const stores = openSqliteStores({ file: join(folder, 'parlor.sqlite'), clock: { now: () => Date.now() + offset } })
  const signingKeys = signingKeysOver(stores.signingKeys, sealWith('a secret for this test only'), stores.clock)
  const turns = createTurns(options)
  const logged: object[] = []
  const logger = pino({ level: 'warn' }, { write: (line) => void logged.push(JSON.parse(line)) })
  const plain: ChatPorts = {
    ...stores,
    brain,
    limits: limits ?? { messagesPerSession: null, tokensPerSession: null },
    fanOut: turns.fanOut,
  }
  const ports = { ...plain, ...change?.(plain) }
  const app = fastify({ loggerInstance: logger as FastifyBaseLogger }) as unknown as App
  const routes = watchRoutes(app)
  readJsonBodies(app)
  validateStrictly(app)
  writePlainJson(app)
  const render = errorShapes([
    { prefix: '/', render: renderChatError },
    { prefix: '/chat/', render: renderRawError },
  ])
  renderErrors(app, errorPages(render), routes)
  app.decorateRequest('caller', null)
  const guards = { ...ports, signingKeys, httpAllowed: false, publicUrl: new URL('http://parlor.test') }
  guardChatOrigins(app, guards)
  holdRequests(app, turns, render)
  const rates = keyRates(() => performance.now())
  guardChatCallers(app, {
    ...guards,
    operatorSessions: stores.operatorSessions,
    keys: stores.accounts,
    rates,
    defaultRate: { limit: 1000, windowSeconds: 1 },
  })
  registerChat(app, ports, turns)
  await app.ready()

  const { key, account, projects } = await furnish(stores)
  const project = projects[0]

  return {
    app,
    stores,
    turns,
    logged,
    project,
    otherProject: projects[1],
    advance: (ms: number) => {
      offset += ms
    },
    addAgent: (of: Project = project) => furnishAgent(stores, account.id, of.id, stores.clock.now()),
    /** A session whose token is good at {@link site}. */
    session: (wish: { endUserId?: string; durationSeconds?: number } = {}, of: Project = project) =>
      createChatSession(
        { ...stores, signingKeys, httpAllowed: false, claims: () => ({}) },
        { account, key },
        { audience: site, ...wish },
        of,
      ),
    end: (session: IssuedSession) => endSession({ ...stores, fanOut: turns.fanOut }, session.session.id, 'revoked'),
    /** Listens on a port the system chooses; resolves to its address. */
    async listen(): Promise<string> {
      app.server.listen(0, '127.0.0.1')
      await once(app.server, 'listening')
      return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
    },
    async close() {
      await turns.close()
      app.server.closeAllConnections()
      await app.close()
      await stores.close()
      rmSync(folder, { recursive: true })
    },
  }
}

export type ChatHouse = Awaited<ReturnType<typeof openChatHouse>>

/** What a page of {@link site} sends with a token. */
export function fromSite({ token }: IssuedSession, more: Record<string, string> = {}) {
  return { origin: site, 'gram-chat-session': token, 'content-type': 'application/json', ...more }
}

async function furnish({ accounts }: ReturnType<typeof openSqliteStores>) {
  const createdAt = Date.now()
  const account = {
    id: randomUUID(),
    name: 'acme',
    concurrency: null,
    maxDurationSeconds: null,
    suspendedAt: null,
    createdAt,
  }
  await accounts.insertAccount(account)
  const rest = { strictOrigins: false, allowedOrigins: [], originRequests: [], deletedAt: null, createdAt }
  const make = (slug: string): Project => ({ id: randomUUID(), accountId: account.id, slug, name: slug, ...rest })
  const projects = [make('default'), make('other')] as const
  for (const project of projects) await accounts.insertProject(project)
  const unlimited = { maxDurationSeconds: null, concurrency: null }
  const key = { id: randomUUID(), accountId: account.id, projectId: projects[0].id, ...unlimited } as Key
  return { account, key, projects }
}
