import { createHash, createHmac, createSecretKey, type KeyObject, randomBytes, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { openRows } from './rows.ts'

/**
 * The floor: the least a server on Node can do and still keep the promise. Bare `node:http`, a key known by its digest, a token
 * signed with HS256, one durable group-committed write for each create and each end, a read by id. No schemas, no router, no
 * framework, no logs, no ledger, no limits, no origins, no sockets.
 * `node floor-server.ts PORT PLACE KEY`
 */
const [port = '', place = '', apiKey = ''] = process.argv.slice(2)
const lifetimeSeconds = 3600
const keyDigests = new Set([digest(apiKey)])
const signingKey: KeyObject = createSecretKey(randomBytes(32))
const head = encode({ alg: 'HS256', typ: 'JWT', kid: randomUUID() })

const columns = 'id, agent_id, jti, state, created_at, expires_at'
const rows = await openRows(
  { place, isGrouped: true },
  {
    sqlite: {
      create: `CREATE TABLE sessions (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, agent_id TEXT NOT NULL,
      jti TEXT NOT NULL, state TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL) STRICT`,
      insert: `INSERT INTO sessions (${columns}) VALUES (?, ?, ?, 'issued', ?, ?)`,
      end: "UPDATE sessions SET state = 'ended' WHERE id = ?",
      find: `SELECT ${columns} FROM sessions WHERE id = ?`,
    },
    postgres: {
      create: `CREATE TABLE sessions (id uuid PRIMARY KEY, agent_id text NOT NULL, jti uuid NOT NULL, state text NOT NULL,
      created_at bigint NOT NULL, expires_at bigint NOT NULL)`,
      insert: `INSERT INTO sessions (${columns}) SELECT id, agent_id, jti, 'issued', created_at, expires_at
      FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::bigint[], $5::bigint[])
        AS new (id, agent_id, jti, created_at, expires_at)`,
      end: "UPDATE sessions SET state = 'ended' WHERE id = ANY ($1::uuid[])",
      find: `SELECT ${columns} FROM sessions WHERE id = ANY ($1::uuid[])`,
    },
  },
)

createServer((request, response) => {
  const presented = request.headers['x-api-key']
  if (typeof presented !== 'string' || !keyDigests.has(digest(presented))) return answer(response, 401, {})
  const id = (request.url ?? '').slice('/v1/widget/sessions/'.length)
  if (request.method === 'POST') readJson(request, (body) => create(response, body))
  else if (request.method === 'DELETE') {
    rows.end(id, () => answer(response, 200, { success: true, session_id: id }))
  } else rows.find(id, (row) => answer(response, 200, { ...row }))
}).listen(Number(port), '127.0.0.1', () => console.log('listening'))

function create(response: ServerResponse, body: { agentic_avatar_id: string }): void {
  const now = Date.now()
  const iat = Math.floor(now / 1000)
  const exp = iat + lifetimeSeconds
  const id = timeOrderedId(now)
  const jti = randomUUID()
  rows.insert([id, body.agentic_avatar_id, jti, now, exp * 1000], () =>
    answer(response, 200, {
      session_id: id,
      session_token: sign({ sub: id, jti, iat, exp }),
      expires_in: lifetimeSeconds,
    }),
  )
}

function readJson(request: IncomingMessage, use: (body: { agentic_avatar_id: string }) => void): void {
  let text = ''
  request.setEncoding('utf8')
  request.on('data', (piece) => {
    text += piece
  })
  request.on('end', () => use(JSON.parse(text)))
}

function answer(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
  response.end(text)
}

function sign(claims: object): string {
  const signed = `${head}.${encode(claims)}`
  return `${signed}.${createHmac('sha256', signingKey).update(signed).digest('base64url')}`
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Sorts by time, which is what keeps inserts into the index at its end. */
function timeOrderedId(now: number): string {
  const time = now.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}${randomUUID().slice(13)}`
}
