import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { environment } from '../environment.ts'
import { type Counts, countResults } from './count-results.ts'

export interface VitestRun {
  root: string
  /** Parts of paths, as Vitest takes them; none runs everything. */
  filters: readonly string[]
  /** Added to the environment of the tests. */
  variables: Readonly<Record<string, string>>
}

/** Runs Vitest in this terminal and counts what happened. */
export async function runVitest({ root, filters, variables }: VitestRun): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'parlor-tests-'))
  const file = join(folder, 'report.json')
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...filters]
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      const script = join(root, 'node_modules/vitest/vitest.mjs')
      // The tests start some hundreds of servers and commands, which all compile the same files.
      const env = environment.with({ NODE_COMPILE_CACHE: join(folder, 'compiled'), ...variables })
      const child = spawn(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit', env })
      child.on('error', reject)
      child.on('close', resolve)
    })
    return countResults(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined, code)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
