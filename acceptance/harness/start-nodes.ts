import { randomBytes } from 'node:crypto'
import { type OwnPostgres, ownPostgres } from './own-postgres.ts'
import { type Parlor, startParlor } from './start-parlor.ts'
import { type StoreRelay, startStoreRelay } from './store-relay.ts'

/** A server among others, with a wire of its own to the Postgres they share. */
export interface OneNode {
  parlor: Parlor
  relay: StoreRelay
}

/** Several servers over one Postgres, with one key and one public address. */
export interface ManyNodes extends AsyncDisposable {
  all: OneNode[]
  postgres: OwnPostgres
  key: string
  node(index: number): Parlor
  /** Another server over the same Postgres; it joins `all`. */
  add(options?: NodeOptions): Promise<OneNode>
}

export interface NodeOptions {
  /** A variable set to undefined is left out. */
  env?: Record<string, string | undefined>
  nodeArgs?: string[]
}

export interface ManyNodesOptions extends NodeOptions {
  /** The socket of the process that starts a Postgres: see `own-postgres.ts`. */
  keeper: string
  nodes: number
  settings?: Record<string, string>
}

const publicUrl = 'http://localhost:4499'

/** Starts a Postgres and servers over it. Use it with `await using`: everything is killed and removed. */
export async function startNodes(options: ManyNodesOptions): Promise<ManyNodes> {
  const postgres = await ownPostgres(options.keeper, options.settings)
  const key = `sk_test_${randomBytes(32).toString('hex')}`
  const secret = randomBytes(32).toString('hex')
  const all: OneNode[] = []
  const add = async ({ env = {}, nodeArgs }: NodeOptions = {}): Promise<OneNode> => {
    const relay = await startStoreRelay(postgres.port)
    const url = Object.assign(new URL(postgres.url), { port: String(relay.port) })
    const wanted = {
      DATABASE_URL: url.href,
      PARLOR_SECRET: secret,
      PARLOR_BOOTSTRAP_KEY: key,
      PARLOR_PUBLIC_URL: publicUrl,
      ...options.env,
      ...env,
    }
    try {
      const args = nodeArgs ?? options.nodeArgs
      const parlor = await startParlor({ env: withoutUnset(wanted), ...(args !== undefined && { nodeArgs: args }) })
      const node = { parlor, relay }
      all.push(node)
      return node
    } catch (error) {
      await relay.close()
      throw error
    }
  }
  const dispose = async () => {
    await Promise.all(all.map(({ parlor }) => parlor[Symbol.asyncDispose]()))
    await Promise.all(all.map(({ relay }) => relay.close()))
    postgres.remove()
  }
  try {
    for (let index = 0; index < options.nodes; index++) await add()
  } catch (error) {
    await dispose()
    throw error
  }
  return {
    all,
    postgres,
    key,
    add,
    node: (index) => {
      const found = all[index]
      if (found === undefined) throw new Error(`There is no node ${index}.`)
      return found.parlor
    },
    [Symbol.asyncDispose]: dispose,
  }
}

function withoutUnset(env: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
