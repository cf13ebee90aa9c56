import { createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { environment } from '../environment.ts'
import { type Cluster, makeCluster } from './cluster.ts'

/**
 * Run as a process of its own beside the tests, with the path of a socket as its argument. It starts a Postgres when the first
 * test asks for one, so that a run without such tests pays nothing, and stops all it started when its input ends: that
 * happens however the test run dies. One line of JSON asks, one answers:
 * `shared` gives the address of the one for everybody (that in DATABASE_URL where there is one);
 * `own` makes one for this connection alone, which `start`, `stop` and `kill` then work on.
 */
type Asked = { do: 'shared' } | { do: 'own'; settings?: Record<string, string> } | { do: 'start' | 'stop' | 'kill' }

const made = new Set<Cluster>()
let shared: Promise<string> | null = null

async function startOne(settings: Record<string, string>): Promise<Cluster> {
  const cluster = await makeCluster({ settings })
  made.add(cluster)
  await cluster.start()
  return cluster
}

function shareOne(): Promise<string> {
  const given = environment.databaseUrl()
  shared ??= given === undefined ? startOne({}).then(({ url }) => url) : Promise.resolve(given)
  return shared
}

function serve(socket: Socket): void {
  let own: Cluster | null = null
  const answer = async (asked: Asked): Promise<{ url: string }> => {
    if (asked.do === 'shared') return { url: await shareOne() }
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
    void last.then(async () => {
      if (own === null) return
      made.delete(own)
      await own.remove()
    })
  })
}

const server = createServer(serve).listen(process.argv[2], () => process.stdout.write('listening\n'))
// Whoever ends the tests from the keyboard ends this process through its input, not before its work is done.
process.on('SIGINT', () => {})
process.stdin.resume().on('end', async () => {
  server.close()
  await shared?.catch(() => {})
  await Promise.all([...made].map((cluster) => cluster.remove()))
  process.exit()
})
