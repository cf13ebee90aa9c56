import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { type Brain, brainByModel, configuredModels } from '@parlor/conversation/brain'
import {
  knowledgeRetriever,
  type PageFetcher,
  type PassageReader,
  passageReader,
  type Retriever,
  type SentenceModel,
  tellOfDocuments,
} from '@parlor/conversation/knowledge'
import type { EndingFanOut } from '@parlor/core/session'
import { sealWith, signingKeysOver } from '@parlor/core/token'
import { workerReader } from '@parlor/providers/documents'
import { extractiveBrain } from '@parlor/providers/extractive'
import { englishWordVectors } from '@parlor/providers/word-vectors'
import type { Logger } from 'pino'
import { createApp } from './app.ts'
import { createTurns } from './chat/index.ts'
import { composeRooms } from './compose-rooms.ts'
import { openStores, type Stores } from './compose-stores.ts'
import type { Config } from './config/config.ts'
import { loadSecret } from './config/secret-file.ts'
import { loadAssets } from './embed/index.ts'
import { allowsHttp } from './http/allows-http.ts'
import type { App } from './http/app-types.ts'
import { clientAddress, trustedProxies } from './http/client-address.ts'
import { keyRates } from './http/key-rates.ts'
import type { RouteTable } from './http/route-table.ts'
import { createLive, defaultAddressLimits, guardAddresses, type Live, startSweep } from './live/index.ts'
import { aloneInCluster, joinCluster } from './nodes/index.ts'
import { assertSecret } from './ops/check-secret.ts'
import { openKeyring } from './ops/keyring.ts'
import { createMetrics } from './ops/metrics.ts'
import { ensureAccount, ensureClientKey, ensureFirstKey, secretKey, seedPublicParts } from './ops/seed.ts'
import { startTidying } from './ops/tidy.ts'
import { nodeTimers } from './rooms/index.ts'
import { version } from './version.ts'

/** A server that is put together but does not listen yet. */
export interface Composed {
  app: App
  routes: RouteTable
  live: Live
  stores: Stores
  /** The first key's text when this start made one: show it once. */
  firstKey: string | null
  secretFile: string | null
  /** Visitors are told to move, connections close, everything acknowledged is in the store. */
  close(): Promise<void>
}

const widgetDist = fileURLToPath(new URL('../widget/dist', import.meta.url))

/** The one place that names concrete stores and providers. @throws Error with a sentence for the operator. */
export async function compose(config: Config, logger: Logger, privateKey: string | null = null): Promise<Composed> {
  const trusted = trustedProxies(config.listen.trustProxy)
  const { secret, madeFile } = loadSecret(config.store.dataDir, config.store.secret)
  const assets = loadAssets(widgetDist)
  const opened = await openStores(config)
  const sentences = await composeSentences(config, opened.stores, logger)
  const stores = sentences === null ? opened.stores : withReader(opened.stores, sentences.reader)
  const { clock } = stores
  const nodeId = randomUUID()
  let cluster = aloneInCluster(nodeId)
  const seal = sealWith(secret)
  const signingKeys = signingKeysOver(stores.signingKeys, seal, clock)
  const words = englishWordVectors({
    onFault: (err) => logger.warn({ err }, 'the table of word meanings cannot be read; words alone decide'),
  })
  const retriever = knowledgeRetriever({
    knowledge: stores.knowledge,
    words,
    ...(sentences && { sentences: { model: sentences.model, vectors: stores.vectors } }),
  })
  const metrics = createMetrics(
    () => live.counts(),
    () => rooms.count(),
    sentences && (() => sentences.reader.progress()),
  )
  const brain = await composeBrain(config, retriever, logger)
  const live = createLive({
    sessions: stores.sessions,
    accounts: stores.accounts,
    agents: stores.agents,
    transcripts: stores.transcripts,
    knowledge: stores.knowledge,
    signingKeys,
    clock,
    brain,
    publicOrigin: config.publicUrl.origin,
    httpAllowed: allowsHttp(config.publicUrl),
    limits: config.limits,
    mayServe: () => cluster.mayServe(),
    visitorCame: (visitorId) => cluster.visitorCame(visitorId),
    fanOut: { sessionEnded: (session) => fanOut.sessionEnded(session) },
    logger,
    metrics: metrics.live,
    clientAddress: (request) => clientAddress(request, trusted),
    addresses: guardAddresses(defaultAddressLimits, () => performance.now()),
  })
  const turns = createTurns({ mayServe: () => cluster.mayServe(), isAlone: () => cluster.size() === 1 })
  const { rooms, mediaServer, closeDoor } = await composeRooms(config, {
    ...stores,
    brain,
    seal,
    logger,
    fanOut: { sessionEnded: (session) => fanOut.sessionEnded(session) },
    mayServe: () => cluster.mayServe(),
    nodes: () => cluster.size(),
    nodeId,
    liveNodes: () => cluster.liveNodes(),
    seatsFreed: () => cluster.seatsFreed(),
  })
  const local = toEvery([live.fanOut, turns.fanOut, rooms.fanOut])
  const fanOut: EndingFanOut = {
    sessionEnded: async (session) => {
      const closing = rooms.roomEnded(session)
      await cluster.everywhere(local).sessionEnded(session)
      await closing
    },
  }
  const models = configuredModels(config.llm)
  const seeds = { accounts: stores.accounts, agents: stores.agents, clock }
  const { account, project } = await opened.alone(async () => {
    await seedPublicParts(seeds)
    const made = await ensureAccount(seeds, 'default')
    await assertSecret(signingKeys, made.project.id)
    return made
  })
  const reader = workerReader()
  const pages = lazyPages(config)
  const widget = { ...stores, reader, pages, signingKeys, fanOut, publicUrl: config.publicUrl, models }
  const chat = { ...widget, brain, retriever, limits: config.limits, httpAllowed: allowsHttp(config.publicUrl) }
  const avatar = { ...widget, rooms: rooms.desk, version }
  const keyring = openKeyring(stores.accounts)
  const newRates = () =>
    keyRates(
      () => performance.now(),
      () => cluster.size(),
    )
  const { app, routes } = await createApp({
    logger,
    metrics,
    metricsAccess: { token: config.metricsToken, isLocal: isForThisMachine(config) },
    trustProxy: trusted,
    version,
    keys: {
      accounts: keyring,
      clock,
      rates: newRates(),
      defaultRate: config.limits.rate,
    },
    health: { probe: () => stores.probe(), rooms: rooms.health, monotonicMs: () => performance.now() },
    widget,
    chat,
    turns,
    avatar,
    webhook: { server: mediaServer, hear: rooms.hear },
    pages: { rates: newRates() },
    embed: { accounts: stores.accounts, sessions: stores.sessions, publicUrl: config.publicUrl, assets },
    admin: { ...stores, signingKeys, fanOut, publicUrl: config.publicUrl, operatorAccountId: account.id },
  })
  app.server.on('upgrade', live.handleUpgrade)
  const stopSweep = startSweep({ sessions: stores.sessions, fanOut, clock }, logger)
  const stopTidying = startTidying({ ...stores, clock }, logger)
  if (privateKey !== null)
    keyring.lend(account, secretKey(seeds, project, { name: 'private', plain: privateKey, rateLimit: 0 }))
  await opened.alone(() => ensureClientKey(seeds, project, config.bootstrapClientKey))
  const firstKey =
    privateKey === null ? await opened.alone(() => ensureFirstKey(seeds, project, config.bootstrapKey)) : null
  if (opened.nodes !== null) {
    const cutAll = () => {
      live.cutAll()
      turns.cutAll()
      rooms.cutAll()
    }
    const { visitorLeft, visitorCameHere } = live
    const duties = { local, cutAll, visitorLeft, visitorCameHere, nodeGone: rooms.nudge }
    cluster = await joinCluster({ nodes: opened.nodes, logger, nodeId }, duties)
  }
  rooms.start()
  sentences?.reader.start()
  return {
    app,
    routes,
    live,
    stores,
    firstKey,
    secretFile: madeFile,
    close: async () => {
      stopTidying()
      await stopSweep()
      await Promise.all([live.drain(), turns.close(), rooms.drain(), sentences?.reader.stop()])
      // First, or a document that takes half a minute would hold up the stop.
      await reader.close()
      await app.close()
      await live.close()
      await closeDoor()
      await cluster.leave()
      await opened.close()
    },
  }
}

/** An ending is over when it is over everywhere. */
function toEvery(all: readonly EndingFanOut[]): EndingFanOut {
  return {
    sessionEnded: async (session) => {
      await Promise.all(all.map((one) => one.sessionEnded(session)))
    },
  }
}

/** The operator chose the endpoint, so it may stand in a private network. */
async function composeBrain({ llm }: Config, retriever: Retriever, logger: Logger): Promise<Brain> {
  // Loaded only where it is used: it takes a quarter of a second and 50 MB.
  const provider = llm && (await import('@parlor/providers/openai-compatible'))
  return brainByModel({
    extractive: extractiveBrain({ retriever }),
    endpoint: provider && { brain: provider.modelBrain({ retriever, endpoint: llm }), defaultModel: llm.model },
    onMissing: (model) =>
      logger.warn({ model }, 'no model is configured: set PARLOR_LLM_BASE_URL; until then the documents answer alone'),
  })
}

interface Sentences {
  model: SentenceModel
  reader: PassageReader
}

/** Null where no endpoint for embeddings is configured; like the model's, it may stand in a private network. */
async function composeSentences({ embeddings }: Config, stores: Stores, log: Logger): Promise<Sentences | null> {
  if (embeddings === null) return null
  const { embeddingModel } = await import('@parlor/providers/openai-compatible')
  const model = embeddingModel(embeddings)
  const { vectors, clock } = stores
  return { model, reader: passageReader({ vectors, model, clock, timers: nodeTimers, log }) }
}

/** What is put into these stores is read soon, whoever puts it. */
function withReader(stores: Stores, reader: PassageReader): Stores {
  return { ...stores, knowledge: tellOfDocuments(stores.knowledge, () => reader.nudge()) }
}

/** Loaded when the first page is asked for: most installations never do, and it takes megabytes. */
function lazyPages({ allowedPrivateHosts }: Config): PageFetcher {
  return {
    fetch: async (...wanted) => {
      const { pageFetcher } = await import('@parlor/providers/web')
      return pageFetcher({ allowedHosts: allowedPrivateHosts }).fetch(...wanted)
    },
  }
}

/** A server behind a proxy listens on this machine alone, too; then its public address says that others reach it. */
function isForThisMachine({ listen, publicUrl }: Config): boolean {
  return isLoopback(listen.host) && isLoopback(publicUrl.hostname)
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}
