import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openHttpClient } from '../harness/http-client.ts'
import { readCommand } from './read-command.ts'

export interface CommandAnswer {
  status: number
  body: Record<string, unknown>
}

/** Carries a `curl` command out and resolves to what was answered. */
export type RunCommand = (command: string) => Promise<CommandAnswer>

/** Whether the machine has the real program. */
export const hasCurl = spawnSync('curl', ['--version']).status === 0

/** The real `curl` in a real shell. The command stays as it is; that the status is printed is said in curl's own settings. */
export const inShell: RunCommand = async (command) => {
  const home = mkdtempSync(join(tmpdir(), 'parlor-curl-'))
  writeFileSync(
    join(home, '.curlrc'),
    'silent\nshow-error\nnoproxy = "*"\nmax-time = 20\nwrite-out = "\\n%{http_code}"\n',
  )
  try {
    const printed = await outputOf(command, { PATH: process.env.PATH, CURL_HOME: home, HOME: home })
    const at = printed.lastIndexOf('\n')
    return { status: Number(printed.slice(at)), body: JSON.parse(printed.slice(0, at)) }
  } finally {
    rmSync(home, { recursive: true })
  }
}

function outputOf(command: string, env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn('sh', ['-c', command], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', (piece) => out.push(piece))
  child.stderr.on('data', (piece) => err.push(piece))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve(Buffer.concat(out).toString('utf8'))
      else reject(new Error(`curl ended with ${code}: ${Buffer.concat(err)}`))
    })
  })
}

/** The same request without the program, for machines that lack it. */
export const withoutCurl: RunCommand = async (command) => {
  const { method, url, headers, body } = readCommand(command)
  const client = openHttpClient(Number(url.port))
  const answer = await client.send(method, url.pathname + url.search, body, headers)
  client.close()
  return { status: answer.status, body: answer.body }
}
