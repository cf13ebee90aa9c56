import { type ChildProcess, execFile, type SpawnOptions, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findFreePort } from '../testing/free-ports.ts'
import { type Binaries, findBinaries } from './find-binaries.ts'
import { type Identity, unprivileged, withinReach } from './unprivileged.ts'

/** A Postgres of our own in a temporary folder, listening on the loopback address alone. */
export interface Cluster {
  /** Of its database `postgres`, as a user who may do everything, with a password nobody else knows. */
  url: string
  start(): Promise<void>
  /** `fast` ends every connection and writes everything down; `kill` is a crash. */
  stop(how: 'fast' | 'kill'): Promise<void>
  /** Stops it and leaves nothing behind. */
  remove(): Promise<void>
}

export interface ClusterOptions {
  /** Settings beside Postgres's own defaults. */
  settings?: Readonly<Record<string, string>>
  /** Another Postgres than the one found. */
  binaries?: Binaries
}

const user = 'parlor'
const startsWithinMs = 60_000

/** Makes a cluster; it does not run yet. Durable as Postgres is by default: the store refuses to open one that is not. */
export async function makeCluster({ settings = {}, binaries: chosen }: ClusterOptions = {}): Promise<Cluster> {
  const identity = unprivileged()
  const folder = mkdtempSync(join(tmpdir(), 'parlor-postgres-'))
  chmodSync(folder, 0o755)
  try {
    const binaries = withinReach(chosen ?? findBinaries(), identity, folder)
    const password = randomBytes(16).toString('hex')
    const data = await initialise({ binaries, folder, password, identity })
    const port = await findFreePort()
    const url = `postgres://${user}:${password}@127.0.0.1:${port}/postgres`
    return running({ binaries, folder, data, identity, port, settings }, url)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

interface Place {
  binaries: string
  folder: string
  data: string
  identity: Identity
  port: number
  settings: Readonly<Record<string, string>>
}

function running(place: Place, url: string): Cluster {
  let server: ChildProcess | null = null
  let gone: Promise<unknown> = Promise.resolve()
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    server?.kill(signal)
    await gone
  }
  return {
    url,
    start: async () => {
      server = launch(place)
      gone = new Promise((resolve) => server?.once('close', resolve))
      await untilReady(server)
    },
    stop: (how) => stop(how === 'fast' ? 'SIGINT' : 'SIGQUIT'),
    remove: async () => {
      await stop('SIGQUIT')
      rmSync(place.folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function initialise(made: { binaries: string; folder: string; password: string; identity: Identity }) {
  const { binaries, folder, password, identity } = made
  const [data, secret] = [join(folder, 'data'), join(folder, 'password')]
  mkdirSync(data, { mode: 0o700 })
  writeFileSync(secret, password, { mode: 0o600 })
  if ('uid' in identity) for (const path of [data, secret]) chownSync(path, identity.uid, identity.gid)
  const args = ['-D', data, '-U', user, `--pwfile=${secret}`, '-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C']
  await promisify(execFile)(join(binaries, 'bin/initdb'), [...args, '--no-sync', '--no-instructions'], {
    ...identity,
    cwd: folder,
  })
  rmSync(secret)
  return data
}

function launch({ binaries, data, identity, port, settings, folder }: Place): ChildProcess {
  const all = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '64MB',
    ...settings,
  }
  const args = ['-D', data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  const options: SpawnOptions = { ...identity, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] }
  return spawn(join(binaries, 'bin/postgres'), args, options)
}

/** Resolves once it takes connections. */
async function untilReady(server: ChildProcess): Promise<void> {
  let said = ''
  await new Promise<void>((resolve, reject) => {
    const failed = () => reject(new Error(`Postgres did not start: ${said.trim().slice(-500)}`))
    const timer = setTimeout(failed, startsWithinMs)
    server.once('error', reject)
    server.once('exit', failed)
    // It goes on reading for as long as the server lives: a pipe nobody empties would stop it.
    server.stderr?.on('data', (chunk) => {
      said = (said + chunk).slice(-4000)
      if (!said.includes('database system is ready to accept connections')) return
      clearTimeout(timer)
      resolve()
    })
  })
}
