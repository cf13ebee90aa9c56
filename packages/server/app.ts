import { randomUUID } from 'node:crypto'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { ErrorCode } from '@parlor/core/errors'
import { type FastifyBaseLogger, fastify, LogController } from 'fastify'
import type { Logger } from 'pino'
import { type AdminPorts, registerAdmin } from './admin/index.ts'
import { type ChatPorts, holdRequests, registerChat, renderRawError, type Turns } from './chat/index.ts'
import { type EmbedPorts, pageErrors as errorsOn, registerEmbed } from './embed/index.ts'
import type { App } from './http/app-types.ts'
import { type ChatGuardPorts, guardChatCallers } from './http/chat-guard.ts'
import { type ChatOriginPorts, guardChatOrigins } from './http/chat-origin.ts'
import type { TrustedProxies } from './http/client-address.ts'
import { type ClientKeyGuardPorts, guardWithClientKeys } from './http/client-key-guard.ts'
import { type ErrorFamily, errorPages, errorShapes, renderErrors, toParlorError } from './http/errors.ts'
import { readJsonBodies } from './http/json-body.ts'
import { guardWithKeys, type KeyGuardPorts } from './http/key-guard.ts'
import { observeRequests } from './http/observe-requests.ts'
import { type RouteTable, watchRoutes } from './http/route-table.ts'
import { validateStrictly, writePlainJson } from './http/validation.ts'
import { type McpPorts, registerMcp, renderMcpError } from './mcp/index.ts'
import { type HealthPorts, registerHealth } from './ops/health.ts'
import { type Metrics, registerMetrics } from './ops/metrics.ts'
import { registerReference, watchOperations } from './reference/index.ts'
import { registerWebhook, type WebhookPorts } from './rooms/index.ts'
import { type ChatWire, registerChatWire, renderChatError } from './wires/chat-rpc/index.ts'
import { type AvatarWire, avatarFamilies, registerAvatarWire, renderAvatarError } from './wires/sessions-v3/index.ts'
import { registerWidgetWire, renderWidgetError, type WidgetWire } from './wires/widget-v1/index.ts'
import { widgetErrors } from './wires/widget-v1/render-error.ts'

export interface AppPorts {
  logger: Logger
  metrics: Metrics
  metricsAccess: { token: string | null; isLocal: boolean }
  /** Which proxies are believed about the client's address. */
  trustProxy: TrustedProxies
  version: string
  keys: KeyGuardPorts
  health: Omit<HealthPorts, 'version'>
  widget: WidgetWire
  chat: ChatWire &
    ChatPorts &
    Omit<McpPorts, 'version'> &
    ChatOriginPorts &
    Omit<ChatGuardPorts, 'keys' | 'rates' | 'defaultRate'>
  turns: Turns
  avatar: AvatarWire
  webhook: WebhookPorts
  /** What each address may ask with a publishable key. */
  pages: Pick<ClientKeyGuardPorts, 'rates'>
  embed: EmbedPorts
  admin: Omit<AdminPorts, 'version'>
}

/** The largest body of an operation that does not say otherwise. */
const bodyLimitBytes = 256 * 1024

/** Longer ones the HTTP parser refuses by itself. */
const longestPathBytes = 16 * 1024

/** Every URL the server answers to, over ports; nothing here knows a database. */
export async function createApp(ports: AppPorts): Promise<{ app: App; routes: RouteTable }> {
  const render = errorShapes([
    { prefix: '/', render: renderWidgetError },
    { prefix: '/rpc/', render: renderChatError },
    { prefix: '/chat/', render: renderRawError },
    { prefix: '/mcp', render: renderMcpError },
    ...avatarFamilies.map((prefix) => ({ prefix, render: renderAvatarError })),
    ...pageErrors(ports.widget.publicUrl),
  ])
  const show = errorPages(render)
  const app = fastify({
    loggerInstance: ports.logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitBytes,
    genReqId: () => `req-${randomUUID()}`,
    requestIdHeader: false,
    trustProxy: ports.trustProxy,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: longestPathBytes },
    frameworkErrors: (error, request, reply) => show(toParlorError(error), request, reply),
    forceCloseConnections: 'idle',
    requestTimeout: 60_000,
  }).withTypeProvider<TypeBoxTypeProvider>() as App
  const routes = watchRoutes(app)
  readJsonBodies(app)
  validateStrictly(app)
  writePlainJson(app)
  renderErrors(app, show, routes)
  await watchOperations(app, { version: ports.version, publicUrl: ports.widget.publicUrl })
  observeRequests(app, { ...ports, requests: ports.widget.requests, clock: ports.keys.clock })
  guardWithKeys(app, ports.keys)
  guardWithClientKeys(app, { ...ports.keys, ...ports.chat, ...ports.pages, keys: ports.keys.accounts }, routes)
  guardChatOrigins(app, ports.chat)
  holdRequests(app, ports.turns, render)
  guardChatCallers(app, { ...ports.keys, ...ports.chat, keys: ports.keys.accounts })
  registerHealth(app, { ...ports.health, version: ports.version })
  registerMetrics(app, ports.metrics, ports.metricsAccess.token, ports.metricsAccess.isLocal)
  app.get('/', { config: { credential: { kind: 'none' } }, schema: { operationId: 'root' } }, async () => ({
    name: 'Parlor',
    version: ports.version,
    health: '/health',
  }))
  registerWidgetWire(app, ports.widget)
  registerChatWire(app, ports.chat)
  registerAvatarWire(app, ports.avatar)
  await registerWebhook(app, ports.webhook)
  registerChat(app, ports.chat, ports.turns)
  registerMcp(app, { ...ports.chat, version: ports.version })
  registerEmbed(app, ports.embed)
  registerAdmin(app, { ...ports.admin, version: ports.version })
  registerReference(app)
  return { app, routes }
}

/** What is read by people answers with a page. */
function pageErrors(publicUrl: URL): ErrorFamily[] {
  const statusOf = (code: ErrorCode) => widgetErrors[code].status
  return ['/embed', '/docs'].map((prefix) => errorsOn(prefix, publicUrl, statusOf))
}
