import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** The socket of the process that starts a Postgres for whoever asks: see `keeper.ts`. */
    postgresKeeper: string
  }
}

/** Vitest calls this once before the tests. What it starts costs nothing until a test asks for a Postgres. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'parlor-keeper-'))
  const socket = join(folder, 'socket')
  const keeper = spawn(process.execPath, [join(import.meta.dirname, 'keeper.ts'), socket], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Out of the terminal's reach: it stops by itself once our end of its input is closed.
    detached: true,
  })
  await Promise.race([once(keeper.stdout, 'data'), failed(once(keeper, 'exit'))])
  project.provide('postgresKeeper', socket)
  return async () => {
    keeper.stdin.end()
    if (keeper.exitCode === null) await once(keeper, 'exit')
    rmSync(folder, { recursive: true, force: true })
  }
}

async function failed(exit: Promise<unknown>): Promise<never> {
  await exit
  throw new Error('The keeper of the tests’ Postgres ended before it began.')
}
