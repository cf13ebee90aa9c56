import { readdirSync, readFileSync } from 'node:fs'
import { Client } from 'pg'

const ticksPerSecond = 100

/** Processor time of a whole Postgres so far, in seconds: the process that keeps it, those that serve now and those that did. */
export async function watchPostgres(url: string): Promise<() => number> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  const keeper = Number(fieldsOf(rows[0]?.pid ?? 0)?.[1])
  await client.end()
  return () => {
    let ticks = 0
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue
      const fields = fieldsOf(Number(name))
      if (fields === null) continue
      const isKeeper = Number(name) === keeper
      if (isKeeper || Number(fields[1]) === keeper) ticks += Number(fields[11]) + Number(fields[12])
      // Of children that have ended.
      if (isKeeper) ticks += Number(fields[13]) + Number(fields[14])
    }
    return ticks / ticksPerSecond
  }
}

/** What stands behind the name in `/proc/PID/stat`: the state, the parent, and so on. Null where the process is gone. */
function fieldsOf(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(') ') + 2).split(' ')
  } catch {
    return null
  }
}
