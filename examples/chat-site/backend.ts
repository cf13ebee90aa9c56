import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/*
 * The whole backend of a site with a chat interface of its own. It holds the key, knows its own visitors, and hands the
 * page nothing but tokens. Copy it, and put your own log-in where `visitorOf` stands.
 */

interface Settings {
  /** Where Parlor is reached, by this backend and by the visitors' browsers. */
  parlorUrl: string
  /** A secret key with the scope `chat`. It never leaves this process. */
  apiKey: string
  /** The slug of the project; empty where the account has only one. */
  project: string
  port: number
  /** The one origin every token is made for. Configured, and never taken from what a caller sends. */
  origin: string
  /** Signs this site's own cookie. */
  secret: string
  /** Whole seconds, 1 to 3600. */
  tokenSeconds: number
}

const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
}

/** Reads the environment, or says in a sentence each what is missing and ends. */
function readSettings(env: NodeJS.ProcessEnv): Settings {
  const faults: string[] = []
  const parlorUrl = URL.parse(env.PARLOR_URL ?? '')
  if (parlorUrl === null) faults.push('PARLOR_URL: the address of your Parlor, such as http://127.0.0.1:3001.')
  if (!env.PARLOR_API_KEY) {
    faults.push('PARLOR_API_KEY: a secret key with the scope "chat"; the first start of Parlor printed one.')
  }
  const port = Number(env.SITE_PORT ?? 3003)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) faults.push('SITE_PORT: a port, such as 3003.')
  const origin = env.SITE_ORIGIN ?? `http://localhost:${port}`
  if (URL.parse(origin)?.origin !== origin) {
    faults.push('SITE_ORIGIN: the origin visitors see, such as https://shop.example, without a slash at its end.')
  }
  const tokenSeconds = Number(env.SITE_TOKEN_SECONDS ?? 600)
  if (!Number.isInteger(tokenSeconds) || tokenSeconds < 1 || tokenSeconds > 3600) {
    faults.push('SITE_TOKEN_SECONDS: a whole number from 1 to 3600.')
  }
  if (faults.length > 0 || parlorUrl === null) {
    console.error(`The example did not start. Set these, and start it again:\n${faults.map(indent).join('\n')}`)
    process.exit(2)
  }
  // Without a secret of its own the site forgets its visitors when it starts anew.
  const secret = env.SITE_SECRET ?? randomBytes(32).toString('hex')
  const apiKey = env.PARLOR_API_KEY ?? ''
  return { parlorUrl: parlorUrl.origin, apiKey, project: env.PARLOR_PROJECT ?? '', port, origin, secret, tokenSeconds }
}

const indent = (line: string) => `  ${line}`
const settings = readSettings(process.env)
const files = readFiles()
/** What is still good of what was handed out, by visitor, so that one call can end it all. A site with several nodes keeps it in its store. */
const handedOut = new Map<string, { token: string; until: number }[]>()

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    // The name alone: a message could repeat what was sent.
    console.error(`Parlor was not reached: ${error instanceof Error ? error.name : typeof error}`)
    sendJson(response, 500, { error: 'Parlor did not answer this site. Is it running?' })
  })
})
server.once('error', ({ message }) => {
  console.error(`The example did not start. Set SITE_PORT to a port that is free: ${message}.`)
  process.exit(2)
})
server.listen(settings.port, '127.0.0.1', () => {
  console.log(`Open ${settings.origin} — a chat of its own, over Parlor at ${settings.parlorUrl}`)
})

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url?.split('?', 1)[0] ?? '/'
  if (path === '/chat/session') return answerSession(request, response)
  const file = files.get(path === '/' ? '/index.html' : path)
  if (request.method !== 'GET' || file === undefined) return sendJson(response, 404, { error: 'Not found.' })
  response.writeHead(200, { 'content-type': file.type, 'cache-control': 'no-cache', ...guards() })
  response.end(file.text)
}

async function answerSession(request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Browsers say so themselves: another site's page must not make or end sessions of our visitors.
  const from = request.headers['sec-fetch-site']
  if (from !== undefined && from !== 'same-origin') return sendJson(response, 403, { error: 'Not from another site.' })
  const visitor = visitorOf(request, response)
  if (request.method === 'POST') return handOutToken(visitor, response)
  if (request.method === 'DELETE') return endSessions(visitor, response)
  response.setHeader('allow', 'POST, DELETE')
  sendJson(response, 405, { error: 'POST makes a session, DELETE ends it.' })
}

/** A token for our own origin and for this visitor. What the caller's body and headers ask for decides nothing. */
async function handOutToken(visitor: string, response: ServerResponse): Promise<void> {
  const made = await callParlor('POST', '/rpc/chatSessions.create', {
    embed_origin: settings.origin,
    expires_after: settings.tokenSeconds,
    user_identifier: visitor,
  })
  const body = (await made.json()) as { client_token?: string }
  if (made.ok && body.client_token !== undefined) remember(visitor, body.client_token)
  sendJson(response, made.status, body)
}

/** Revokes all this visitor holds, in every tab. When it has answered, none of it works any more. */
async function endSessions(visitor: string, response: ServerResponse): Promise<void> {
  const open = stillGood(visitor)
  const ended = await Promise.all(
    open.map(async ({ token }) => {
      const { status } = await callParlor('DELETE', `/rpc/chatSessions.revoke?token=${encodeURIComponent(token)}`)
      // 400: it was over already.
      return status === 204 || status === 400
    }),
  )
  if (!ended.every((one) => one)) return sendJson(response, 502, { error: 'Parlor did not end the session.' })
  handedOut.delete(visitor)
  sendJson(response, 200, { ended: open.length })
}

function callParlor(method: string, path: string, body?: object): Promise<Response> {
  return fetch(new URL(path, settings.parlorUrl), {
    method,
    headers: {
      'gram-key': settings.apiKey,
      ...(settings.project !== '' && { 'gram-project': settings.project }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}

function remember(visitor: string, token: string): void {
  for (const someone of handedOut.keys()) if (stillGood(someone).length === 0) handedOut.delete(someone)
  const until = Date.now() + settings.tokenSeconds * 1000
  handedOut.set(visitor, [...stillGood(visitor), { token, until }])
}

function stillGood(visitor: string): { token: string; until: number }[] {
  return (handedOut.get(visitor) ?? []).filter(({ until }) => until > Date.now())
}

/** Who this is, by this site's own cookie: random, signed, and none of Parlor's business. */
function visitorOf(request: IncomingMessage, response: ServerResponse): string {
  const [, id = '', signature = ''] =
    /(?:^|; )visitor=([\w-]{36})\.([\w-]{43})/.exec(request.headers.cookie ?? '') ?? []
  if (id !== '' && timingSafeEqual(Buffer.from(signature), Buffer.from(sign(id)))) return id
  const fresh = randomUUID()
  const secure = settings.origin.startsWith('https:') ? '; Secure' : ''
  const cookie = `visitor=${fresh}.${sign(fresh)}; Path=/chat/session; Max-Age=2592000; HttpOnly; SameSite=Strict${secure}`
  response.setHeader('set-cookie', cookie)
  return fresh
}

function sign(id: string): string {
  return createHmac('sha256', settings.secret).update(id).digest('base64url')
}

/** The strictest policy that still names Parlor. No string can become markup, whatever an answer says. */
function guards(): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ${settings.parlorUrl}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ]
  return {
    'content-security-policy': policy.join('; '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  }
}

function readFiles(): Map<string, { text: string; type: string }> {
  const folder = new URL('./site/', import.meta.url)
  return new Map(
    readdirSync(folder).map((name) => {
      const text = readFileSync(new URL(name, folder), 'utf8').replaceAll('%PARLOR%', settings.parlorUrl)
      return [`/${name}`, { text, type: types[name.split('.').at(-1) ?? ''] ?? 'text/plain' }]
    }),
  )
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}
