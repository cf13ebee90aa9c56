import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { Client } from 'pg'
import { environment } from '../environment.ts'
import { type Cluster, makeCluster } from './cluster.ts'

/**
 * Run as a process of its own beside the tests, with the path of a socket as its argument. It starts a Postgres when the first
 * test asks for one, so that a run without such tests pays nothing, and stops all it started when its input ends: that
 * happens however the test run dies. One line of JSON asks, one answers:
 * `database` makes a database in the one for everybody (that in DATABASE_URL where there is one), which is dropped at the end;
 * `own` makes one for this connection alone, which `start`, `stop` and `kill` then work on.
 */
type Asked = { do: 'database' } | { do: 'own'; settings?: Record<string, string> } | { do: 'start' | 'stop' | 'kill' }

/** Each from the moment it is wished for until it is gone. */
const made = new Set<Promise<Cluster>>()
const databases: string[] = []
let shared: Promise<string> | null = null

async function startOne(settings: Record<string, string>): Promise<Cluster> {
  const making = makeCluster({ settings })
  made.add(making)
  const cluster = await making
  await cluster.start()
  return cluster
}

function shareOne(): Promise<string> {
  const given = environment.databaseUrl()
  shared ??= given === undefined ? startOne({}).then(({ url }) => url) : Promise.resolve(given)
  return shared
}

async function makeDatabase(server: string): Promise<string> {
  const name = `parlor_test_${randomBytes(8).toString('hex')}`
  await command(server, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`)
  databases.push(name)
  return Object.assign(new URL(server), { pathname: name }).href
}

/** What was made in somebody's own server is taken out of it again; ours is removed whole. */
async function dropDatabases(): Promise<void> {
  const given = environment.databaseUrl()
  if (given === undefined) return
  for (const name of databases) await command(given, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
}

async function command(server: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: server })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

function serve(socket: Socket): void {
  let own: Cluster | null = null
  const answer = async (asked: Asked): Promise<{ url: string }> => {
    if (asked.do === 'database') return { url: await makeDatabase(await shareOne()) }
    if (asked.do === 'own') own = await startOne(asked.settings ?? {})
    if (own === null) throw new Error('Ask for a Postgres of your own first.')
    if (asked.do === 'start') await own.start()
    if (asked.do === 'stop') await own.stop('fast')
    if (asked.do === 'kill') await own.stop('kill')
    return { url: own.url }
  }
  let last: Promise<unknown> = Promise.resolve()
  createInterface({ input: socket }).on('line', (line) => {
    last = last.then(async () => {
      const said = await answer(JSON.parse(line)).catch((error: unknown) => ({ error: String(error) }))
      socket.write(`${JSON.stringify(said)}\n`)
    })
  })
  socket.on('error', () => {})
  socket.on('close', () => {
    void last.then(() => own?.remove())
  })
}

const socketPath = process.argv[2] ?? ''
const server = createServer(serve).listen(socketPath, () => process.stdout.write('listening\n'))

async function end(): Promise<void> {
  server.close()
  await shared?.catch(() => {})
  await dropDatabases().catch((error: unknown) => console.error(String(error)))
  await Promise.allSettled([...made].map(async (making) => (await making).remove()))
  rmSync(dirname(socketPath), { recursive: true, force: true })
  process.exit()
}

// Whoever ends the tests from the keyboard ends this process through its input, not before its work is done.
process.on('SIGINT', () => {})
process.on('SIGTERM', end)
process.stdin.resume().on('end', end)
