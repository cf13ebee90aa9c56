import { Agent, request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http'

const requestTimeoutMs = 20_000

export interface Answer<Body = Record<string, unknown>> {
  status: number
  headers: IncomingHttpHeaders
  text: string
  /** The JSON of the body; an empty object where there is none. */
  body: Body
}

export interface HttpClient {
  /** A string or a buffer is sent as it is, anything else as JSON. @throws Error when no whole answer came. */
  send<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers?: OutgoingHttpHeaders,
  ): Promise<Answer<Body>>
  /** Drops the connections that are kept. */
  close(): void
}

/** A client of its own per server life, so that no connection of an earlier life is used again. */
export function openHttpClient(port: number): HttpClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  return {
    send: <Body>(method: string, path: string, body?: unknown, headers: OutgoingHttpHeaders = {}) => {
      const payload = encode(body)
      const given = typeof body === 'string' || Buffer.isBuffer(body)
      const all = {
        ...(payload !== undefined && !given && { 'content-type': 'application/json' }),
        ...(payload !== undefined && { 'content-length': Buffer.byteLength(payload) }),
        ...headers,
      }
      return exchange<Body>({ agent, port, method, path, headers: all }, payload)
    },
    close: () => agent.destroy(),
  }
}

type Target = { agent: Agent; port: number; method: string; path: string; headers: OutgoingHttpHeaders }

function exchange<Body>(target: Target, payload: string | Buffer | undefined): Promise<Answer<Body>> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', ...target }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        const { statusCode: status = 0, headers } = response
        resolve({ status, headers, text, body: parse<Body>(text) })
      })
    })
    request.setTimeout(requestTimeoutMs, () => {
      request.destroy(new Error(`${target.method} ${target.path} was not answered in ${requestTimeoutMs} ms.`))
    })
    request.on('error', reject)
    request.end(payload)
  })
}

function encode(body: unknown): string | Buffer | undefined {
  if (body === undefined || typeof body === 'string' || Buffer.isBuffer(body)) return body
  return JSON.stringify(body)
}

/** The caller says what it expects of the wire; its assertions are what checks it. */
function parse<Body>(text: string): Body {
  try {
    return JSON.parse(text) as Body
  } catch {
    return {} as Body
  }
}
