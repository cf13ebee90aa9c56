import { fixedClock } from '@parlor/core/time'
import { openPostgresStores, type PostgresStores } from '../index.ts'
import { borrowDatabase, returnDatabase } from './test-database.ts'

/** Several nodes over one database, which is empty at first. */
export async function withNodes(
  count: number,
  work: (nodes: PostgresStores[], place: { url: string; clock: ReturnType<typeof fixedClock> }) => Promise<void>,
): Promise<void> {
  const url = await borrowDatabase()
  const clock = fixedClock()
  const open = () => openPostgresStores({ url, clock, connections: 4 })
  const nodes = await Promise.all(Array.from({ length: count }, open))
  try {
    await work(nodes, { url, clock })
  } finally {
    await Promise.all(nodes.map((node) => node.close()))
    await returnDatabase(url)
  }
}
