import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { inherited } from './inherited.ts'

const entry = fileURLToPath(new URL('../../packages/cli/parlor.cjs', import.meta.url))

export interface CommandRun {
  code: number | null
  stdout: string
  stderr: string
  /** What it printed, as JSON. @throws Error with all it said when that is no JSON. */
  json<T = Record<string, unknown>>(): T
}

/** Runs `parlor` as a process of its own, with nothing of this one’s environment that it would read, and `env`. */
export function runCommand(args: readonly string[], env: Record<string, string> = {}): Promise<CommandRun> {
  const child = spawn(process.execPath, [entry, ...args], {
    env: { ...inherited(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (piece) => {
    said.stdout += piece
  })
  child.stderr.setEncoding('utf8').on('data', (piece) => {
    said.stderr += piece
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, ...said, json: <T>() => parse<T>(code, said) }))
  })
}

/** The caller says what it expects; its assertions are what checks it. */
function parse<T>(code: number | null, { stdout, stderr }: { stdout: string; stderr: string }): T {
  try {
    return JSON.parse(stdout) as T
  } catch {
    throw new Error(`The command ended with ${code} and printed no JSON:\n${stdout}\n${stderr}`)
  }
}
