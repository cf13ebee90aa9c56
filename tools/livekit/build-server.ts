import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { environment } from '../environment.ts'

export interface ServerBuild {
  /** The Go toolchain's program. */
  go: string
  version: string
  /** Where the program is to stand. It appears there whole, or not at all. */
  built: string
  /** Whether to try although a build failed a moment ago. */
  isAgain: boolean
  print: (line: string) => void
}

const longestBuildMs = 15 * 60_000
/** A build that failed is not tried again by every test of a run. */
const failureCountsForMs = 10 * 60_000
const workspacePrefix = 'workspace-'

/**
 * Builds LiveKit from its sources, at a low priority, beside whatever else runs. One process builds at a time, named by a file
 * beside the program; the others wait until that file is gone.
 */
export async function buildServer(build: ServerBuild): Promise<{ path: string } | { reason: string }> {
  const [lock, failure] = [`${build.built}.building`, `${build.built}.failed`]
  mkdirSync(dirname(build.built), { recursive: true })
  if (build.isAgain) rmSync(failure, { force: true })
  for (const giveUpAt = Date.now() + longestBuildMs; Date.now() < giveUpAt; await wait(500)) {
    const failed = readFailure(failure)
    if (failed !== null) return { reason: failed }
    if (!takeLock(lock)) continue
    try {
      if (existsSync(build.built)) return { path: build.built }
      const reason = await compile(build)
      if (reason === null) return { path: build.built }
      writeFileSync(failure, JSON.stringify({ at: Date.now(), reason }))
      return { reason }
    } finally {
      rmSync(lock, { force: true })
    }
  }
  return { reason: `another process was still building LiveKit after ${longestBuildMs / 60_000} minutes` }
}

/** Resolves with what went wrong, null when the program stands where it is to stand. */
async function compile({ go, version, built, print }: ServerBuild): Promise<string | null> {
  const folder = dirname(built)
  // What a build that was broken off left behind; nobody else builds now.
  for (const name of readdirSync(folder).filter((each) => each.startsWith(workspacePrefix))) {
    rmSync(join(folder, name), { recursive: true, force: true })
  }
  const workspace = mkdtempSync(join(folder, workspacePrefix))
  print(`  LiveKit: none found; building ${version} with Go in the background, once, which takes some minutes`)
  try {
    const said = await run(go, ['install', `github.com/livekit/livekit-server/cmd/server@${version}`], workspace)
    if (said !== null) return `LiveKit could not be built: ${said}`
    renameSync(join(workspace, 'server'), built)
    print('  LiveKit: built')
    return null
  } finally {
    rmSync(workspace, { recursive: true, force: true })
  }
}

/** Resolves with the end of what it said when it fails. */
function run(go: string, args: readonly string[], workspace: string): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn('nice', ['-n', '5', go, ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: environment.with({ GOBIN: workspace }),
    })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (piece: string) => {
      said = (said + piece).slice(-2000)
    })
    const giveUp = setTimeout(() => child.kill(), longestBuildMs)
    const breakOff = () => void child.kill()
    process.once('exit', breakOff)
    const end = (outcome: string | null) => {
      clearTimeout(giveUp)
      process.off('exit', breakOff)
      resolve(outcome)
    }
    child.once('error', (error) => end(error.message))
    child.once('close', (code) => end(code === 0 ? null : (said.trim().split('\n').at(-1) ?? `go ended with ${code}`)))
  })
}

/** The lock of a process that is gone is nobody's. */
function takeLock(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    if (!isRunning(Number(readOr(lock, '0')))) rmSync(lock, { force: true })
    return false
  }
}

function isRunning(pid: number): boolean {
  try {
    // Signal 0 reaches nobody; a process that was just making its file has not named itself yet.
    return pid === 0 || process.kill(pid, 0)
  } catch {
    return false
  }
}

function readFailure(file: string): string | null {
  const text = readOr(file, '')
  if (text === '') return null
  const { at, reason }: { at: number; reason: string } = JSON.parse(text)
  return Date.now() - at < failureCountsForMs ? reason : null
}

function readOr(file: string, otherwise: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return otherwise
  }
}
