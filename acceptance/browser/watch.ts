import type { BrowserContext, Page, Request } from 'playwright-core'

/** Everything one browser context did and was told, page by page and frame by frame. */
export interface Watch {
  /** The address of every request and of every socket. */
  addresses: string[]
  /** Errors in a console, and errors nobody caught. */
  errors: string[]
  /** Violations of a Content-Security-Policy, as the documents reported them. */
  violations: string[]
  /** What a hostile text achieved: whoever runs a script calls `pwned`. */
  pwned: string[]
  /** `Set-Cookie` headers. */
  cookies: string[]
  /** Ports of customers' servers beside the stage's own. */
  ports: number[]
  /** Lets the context use one more customer's server. */
  knows(port: number): void
  /** What was sent through sockets, as JSON. */
  sent: { type: string; [field: string]: unknown }[]
  /** Everything a browser was handed: bodies, headers, socket frames, messages between windows. Completes `cookies`. */
  read(): Promise<string>
}

type Seen = Omit<Watch, 'read' | 'knows'>

/** Reports from inside, where a policy forbids everything but what the browser's own tools bring in. */
const reporter = `(() => {
  const report = window.parlorReport
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile, lineNumber }) =>
    report('violation', [location.href, effectiveDirective, blockedURI, sourceFile, lineNumber].join(' ')), true)
  addEventListener('message', ({ data }) => report('message', JSON.stringify(data) ?? ''), true)
  Object.defineProperty(window, 'pwned', { get: () => (how) => report('pwned', location.href + ' ' + how), set: (how) => report('pwned', location.href + ' ' + how) })
})()`

/** Begins to watch; call it before the first page of the context. */
export async function watchContext(context: BrowserContext): Promise<Watch> {
  const watch = { addresses: [], errors: [], violations: [], pwned: [], cookies: [], ports: [], sent: [] } as Seen
  const told: (string | Promise<string>)[] = []
  await context.exposeBinding('parlorReport', (_source, kind: string, what: string) => {
    if (kind === 'violation') watch.violations.push(what)
    else if (kind === 'pwned') watch.pwned.push(what)
    else told.push(what)
  })
  await context.addInitScript(reporter)
  context.on('request', (request) => watch.addresses.push(request.url()))
  // Only what finished has a body; what was dropped with its frame would be waited for without end.
  context.on('requestfinished', (request) => told.push(noteResponse(request, watch)))
  context.on('weberror', (error) => watch.errors.push(String(error.error())))
  context.on('console', (message) => {
    if (message.type() === 'error') watch.errors.push(`${message.text()} (${message.location().url})`)
  })
  context.on('page', (page) => watchSockets(page, watch, told))
  return {
    ...watch,
    knows: (port) => watch.ports.push(port),
    read: async () => (await Promise.all(told)).join('\n'),
  }
}

async function noteResponse(request: Request, watch: Seen): Promise<string> {
  // A context that closes takes with it what just came.
  const response = await request.response().catch(() => null)
  if (response === null) return ''
  // A redirect has no body to read.
  const [headers, body] = await Promise.all([
    response.allHeaders().catch((): Record<string, string> => ({})),
    response.text().catch(() => ''),
  ])
  const cookie = headers['set-cookie']
  if (cookie !== undefined) watch.cookies.push(cookie)
  return `${JSON.stringify(headers)}\n${body}`
}

function watchSockets(page: Page, watch: Seen, told: (string | Promise<string>)[]): void {
  page.on('websocket', (socket) => {
    watch.addresses.push(socket.url())
    socket.on('framereceived', ({ payload }) => told.push(String(payload)))
    socket.on('framesent', ({ payload }) => watch.sent.push(JSON.parse(String(payload))))
  })
}
