import { Client } from 'pg'
import { ownPostgres, startKeeper } from '../../acceptance/harness/own-postgres.ts'
import { watchPostgres } from './processor-time.ts'

/** A Postgres for one run, with a database for each server. */
export interface BenchPostgres {
  makeDatabase(name: string): Promise<string>
  /** Processor time so far, in seconds. */
  busySeconds(): number
  remove(): Promise<void>
}

/** Starts one with the settings it comes with: fsync and synchronous commit on. It ends with this process, however that ends. */
export async function openPostgres(): Promise<BenchPostgres> {
  const keeper = await startKeeper()
  const { url, remove } = await ownPostgres(keeper.socket)
  return {
    async makeDatabase(name) {
      const client = new Client({ connectionString: url })
      await client.connect()
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`)
      await client.end()
      return Object.assign(new URL(url), { pathname: `/${name}` }).href
    },
    busySeconds: await watchPostgres(url),
    async remove() {
      remove()
      await keeper.stop()
    },
  }
}
