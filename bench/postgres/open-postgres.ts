import { Client } from 'pg'
import { makeCluster } from '../../tools/postgres/cluster.ts'
import { watchPostgres } from './processor-time.ts'

/** A Postgres for one run, with a database for each server. */
export interface BenchPostgres {
  makeDatabase(name: string): Promise<string>
  /** Processor time so far, in seconds. */
  busySeconds(): number
  remove(): Promise<void>
}

/** Starts one with the settings it comes with: fsync and synchronous commit on. */
export async function openPostgres(): Promise<BenchPostgres> {
  const cluster = await makeCluster()
  await cluster.start()
  return {
    async makeDatabase(name) {
      const client = new Client({ connectionString: cluster.url })
      await client.connect()
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`)
      await client.end()
      return Object.assign(new URL(cluster.url), { pathname: `/${name}` }).href
    },
    busySeconds: await watchPostgres(cluster.url),
    remove: () => cluster.remove(),
  }
}
