import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { EspeakFault } from './espeak-fault.ts'
import type { WaitingLine } from './waiting-line.ts'

export interface Run {
  program: string
  args: readonly string[]
  input: string
  /** How long it may take in all, in milliseconds. */
  timeoutMs: number
  signal?: AbortSignal
  /** Where to wait for a turn. */
  line?: WaitingLine
}

/** The program gets no variable of ours: they hold keys. */
const env = { PATH: '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin:/opt/local/bin', LC_ALL: 'C.UTF-8' }

/**
 * What the program writes, as it comes; without a shell, killed as soon as nobody listens any more, `signal` aborts or time is
 * up. It is read as fast as it writes, however slowly this is listened to, so that no process waits for a person.
 * @throws EspeakFault, or the signal's reason.
 */
export async function* runProgram({ program, args, input, timeoutMs, signal, line }: Run): AsyncGenerator<Uint8Array> {
  signal?.throwIfAborted()
  await line?.enter(signal)
  const child = spawn(program, args, { env, shell: false, stdio: ['pipe', 'pipe', 'ignore'] })
  const kill = () => child.kill('SIGKILL')
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    kill()
  }, timeoutMs)
  signal?.addEventListener('abort', kill, { once: true })
  const over = ended(child).finally(() => {
    clearTimeout(timer)
    line?.leave()
  })
  try {
    // A program that is gone before it has read all is known by how it ended.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
    yield* drained(child, signal)
    const isFine = await over
    signal?.throwIfAborted()
    if (isLate) throw new EspeakFault('late')
    if (!isFine) throw new EspeakFault(child.pid === undefined ? 'missing' : 'broken')
  } finally {
    kill()
    signal?.removeEventListener('abort', kill)
  }
}

/** Whether it ended without an error. */
async function ended(child: ChildProcess): Promise<boolean> {
  try {
    const [code] = await once(child, 'close')
    return code === 0
  } catch {
    return false
  }
}

/** Reads ahead of whoever listens. */
async function* drained(child: ChildProcess, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  const pieces: Uint8Array[] = []
  let isOver = false
  let wake = () => {}
  const finish = () => {
    isOver = true
    wake()
  }
  child.stdout?.on('data', (piece: Buffer) => {
    pieces.push(piece)
    wake()
  })
  child.once('close', finish)
  child.once('error', finish)
  for (;;) {
    signal?.throwIfAborted()
    const piece = pieces.shift()
    if (piece) yield piece
    else if (isOver) return
    else await new Promise<void>((resolve) => (wake = resolve))
  }
}
