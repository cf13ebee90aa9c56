import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

export interface CustomerSite {
  url: string
  close(): Promise<void>
}

export interface CustomerSiteOptions {
  port: number
  /** Where Parlor is reached by the visitor's browser and by this backend. */
  parlorUrl: URL
  /** This customer's secret key: it never leaves this process. */
  apiKey: string
  agentId: string
}

const sessionSeconds = 900

type Files = Map<string, { text: string; type: string }>

/**
 * A customer's page with a backend of its own, on another origin than Parlor. It uses Parlor as any customer does: over HTTP,
 * with a key, and hands its page nothing but the token.
 * @throws Error with code EADDRINUSE when the port is taken.
 */
export async function startCustomerSite(options: CustomerSiteOptions): Promise<CustomerSite> {
  let files: Files = new Map()
  let customer = options
  const server = createServer((request, response) => {
    handle(customer, files, request, response).catch(() => {
      answer(response, 502, { message: 'Parlor did not answer. Is it running?' })
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  // Port 0 asks for any free one: only now is it known.
  customer = { ...options, port: portOf(server) }
  files = readFiles(customer)
  return { url: `http://localhost:${customer.port}`, close: () => closeServer(server) }
}

async function handle(
  options: CustomerSiteOptions,
  files: Files,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = request.url?.split('?', 1)[0] ?? '/'
  const file = files.get(path)
  if (request.method === 'GET' && file !== undefined) {
    response.writeHead(200, { 'content-type': file.type, 'content-security-policy': policy(options.parlorUrl) })
    response.end(file.text)
  } else if (request.method === 'POST' && path === '/session') {
    await createSession(options, response)
  } else if (request.method === 'DELETE' && path.startsWith('/session/')) {
    const ended = await callParlor(options, 'DELETE', `/v1/widget/sessions/${path.slice('/session/'.length)}`)
    answer(response, ended.status, { message: ended.ok ? 'ended' : 'not ended' })
  } else {
    answer(response, 404, { message: 'not found' })
  }
}

async function createSession(options: CustomerSiteOptions, response: ServerResponse): Promise<void> {
  const site = `http://localhost:${options.port}`
  const created = await callParlor(options, 'POST', '/v1/widget/sessions', {
    agentic_avatar_id: options.agentId,
    settings: { max_duration: sessionSeconds },
    allowed_origins: [site],
  })
  const body = (await created.json()) as Record<string, unknown>
  const { session_token, session_id, expires_at, message } = body
  answer(response, created.status, created.ok ? { session_token, session_id, expires_at } : { message })
}

function callParlor(options: CustomerSiteOptions, method: string, path: string, body?: object): Promise<Response> {
  return fetch(new URL(path, options.parlorUrl), {
    method,
    headers: { 'x-api-key': options.apiKey, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}

/** The strictest policy that still names Parlor: what a careful customer would send. */
function policy(parlorUrl: URL): string {
  const parlor = parlorUrl.origin
  return `default-src 'none'; script-src 'self' ${parlor}; style-src 'self'; connect-src 'self' ${parlor}; frame-src ${parlor}; base-uri 'none'; form-action 'none'`
}

function readFiles({ parlorUrl, port }: CustomerSiteOptions): Files {
  const read = (name: string) =>
    readFileSync(new URL(`./site/${name}`, import.meta.url), 'utf8')
      .replaceAll('%PARLOR%', parlorUrl.origin)
      .replaceAll('%SITE%', `http://localhost:${port}`)
      .replaceAll('%OTHER%', `http://127.0.0.1:${port}`)
  return new Map([
    ['/', { text: read('index.html'), type: 'text/html; charset=utf-8' }],
    ['/site.css', { text: read('site.css'), type: 'text/css; charset=utf-8' }],
    ['/site.js', { text: read('site.js'), type: 'text/javascript; charset=utf-8' }],
  ])
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
