import { createServer } from 'node:http'
import Provider, { type Adapter } from 'oidc-provider'
import { openRows } from '../floor/rows.ts'

/**
 * The peer: what a Node user would take to issue, check and revoke tokens, as it comes, over the same store. Nothing is
 * switched on but the three endpoints. With `grouped` its adapter shares commits as the floor does, which is more than one would write
 * for it; without, each write is a commit of its own. `node oidc-server.ts PORT PLACE SECRET [grouped]`.
 */
const [port = '', place = '', secret = '', grouping = ''] = process.argv.slice(2)
const lifetimeSeconds = 3600

const rows = await openRows(
  { place, isGrouped: grouping === 'grouped' },
  {
    sqlite: {
      create: `CREATE TABLE tokens (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, payload TEXT NOT NULL,
      expires_at INTEGER NOT NULL) STRICT`,
      insert: 'INSERT OR REPLACE INTO tokens (id, payload, expires_at) VALUES (?, ?, ?)',
      end: 'DELETE FROM tokens WHERE id = ?',
      find: 'SELECT id, payload, expires_at FROM tokens WHERE id = ?',
    },
    postgres: {
      create: 'CREATE TABLE tokens (id text PRIMARY KEY, payload text NOT NULL, expires_at bigint NOT NULL)',
      insert: `INSERT INTO tokens (id, payload, expires_at) SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[])
      ON CONFLICT (id) DO UPDATE SET payload = excluded.payload, expires_at = excluded.expires_at`,
      end: 'DELETE FROM tokens WHERE id = ANY ($1::text[])',
      find: 'SELECT id, payload, expires_at FROM tokens WHERE id = ANY ($1::text[])',
    },
  },
)

/** Every kind of token in one table; a kind the three endpoints never keep is never asked for. */
function adapterOf(kind: string): Adapter {
  const key = (id: string) => `${kind}:${id}`
  return {
    upsert: (id, payload, expiresIn) =>
      new Promise((resolve) => {
        rows.insert([key(id), JSON.stringify(payload), Date.now() + expiresIn * 1000], resolve)
      }),
    find: (id) =>
      new Promise((resolve) => {
        rows.find(key(id), (row) => resolve(isAlive(row) ? JSON.parse(String(row?.payload)) : undefined))
      }),
    destroy: (id) => new Promise((resolve) => rows.end(key(id), resolve)),
    consume: () => Promise.reject(new Error('Nothing here is consumed.')),
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
    revokeByGrantId: async () => {},
  }
}

function isAlive(row: Record<string, unknown> | undefined): boolean {
  return row !== undefined && Number(row.expires_at) > Date.now()
}

const provider = new Provider(`http://127.0.0.1:${port}`, {
  adapter: adapterOf,
  clients: [
    {
      client_id: 'bench',
      client_secret: secret,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    },
  ],
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true },
    revocation: { enabled: true },
  },
  ttl: { ClientCredentials: lifetimeSeconds },
})
createServer(provider.callback()).listen(Number(port), '127.0.0.1')
