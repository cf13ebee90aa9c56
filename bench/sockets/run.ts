import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openHttpClient } from '../../acceptance/harness/http-client.ts'
import { type Server, startParlorServer } from '../floor/servers.ts'
import type { Arrived, Ended, Order } from './visitors.ts'

/**
 * Memory after the start and for each idle socket, and how long the end of a session takes to reach its sockets:
 * `node bench/sockets/run.ts [sockets] [sockets per session] [endings]`. Linux only: memory is read from /proc.
 */
const socketCount = Number(process.argv[2] ?? 5000)
const perSession = Number(process.argv[3] ?? 10)
const endings = Math.min(Number(process.argv[4] ?? 200), Math.floor(socketCount / perSession) - 1)
const aims = { startMiB: 150, socketKiB: 20, endMs: 100 }
const mebibyte = 2 ** 20

const folder = mkdtempSync(join(tmpdir(), 'parlor-bench-'))
const visitors = fork(fileURLToPath(new URL('./visitors.ts', import.meta.url)))
process.on('exit', () => {
  visitors.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const server = await startParlorServer(folder)
const atStart = await settledMemory(server.pid)
const sessions = await makeSessions(server, Math.ceil(socketCount / perSession))
const withSessions = await settledMemory(server.pid)
const tokens = sessions.map(({ token }) => token)
const arrived = await ask<Arrived>({ do: 'come', port: server.port, tokens, socketsPerSession: perSession })
const withSockets = await settledMemory(server.pid)
const chosen = sessions.map(({ id }, index) => ({ id, index })).slice(0, endings)
const ended = await ask<Ended>({ do: 'end', port: server.port, key: server.key, sessions: chosen })

const perSocketKiB = (withSockets - withSessions) / arrived.opened / 1024
console.log(`after the start         ${(atStart / mebibyte).toFixed(0)} MiB (aim ${aims.startMiB})`)
console.log(`after ${sessions.length} creates       ${(withSessions / mebibyte).toFixed(0)} MiB`)
console.log(
  `with ${arrived.opened} idle sockets  ${(withSockets / mebibyte).toFixed(0)} MiB: ${perSocketKiB.toFixed(1)} KiB per socket ` +
    `(aim ${aims.socketKiB}); hello to all in ${arrived.seconds.toFixed(1)} s, ${perSession} to a session`,
)
const remaining = arrived.opened - ended.lastCloseMs.length * perSession
console.log(
  `DELETE to last close    p50 ${percentile(ended.lastCloseMs, 0.5)} ms, p99 ${percentile(ended.lastCloseMs, 0.99)} ms, ` +
    `max ${percentile(ended.lastCloseMs, 1)} ms (aim p99 ${aims.endMs}); ${endings} sessions of ${perSession} sockets ` +
    `among ${arrived.opened} down to ${remaining}`,
)
console.log(
  `DELETE to its answer    p50 ${percentile(ended.answeredMs, 0.5)} ms, p99 ${percentile(ended.answeredMs, 0.99)} ms`,
)
console.log(`sockets closed wrongly  ${ended.wrongCloses}`)
await server.stop()
process.exit(ended.wrongCloses === 0 ? 0 : 1)

async function makeSessions({ port, key, agentId }: Server, count: number): Promise<{ id: string; token: string }[]> {
  const http = openHttpClient(port)
  const made: { id: string; token: string }[] = []
  for (let index = 0; index < count; index++) {
    const body = { agentic_avatar_id: agentId }
    const answer = await http.send<Record<string, string>>('POST', '/v1/widget/sessions', body, { 'x-api-key': key })
    const { session_id: id = '', session_token: token = '' } = answer.body
    if (answer.status !== 200) throw new Error(`A create answered ${answer.status}: ${answer.text}`)
    made.push({ id, token })
  }
  http.close()
  return made
}

/** Resident memory in bytes once it stops falling: what the last burst left behind is collected within seconds. */
async function settledMemory(pid: number): Promise<number> {
  let lowest = Number.POSITIVE_INFINITY
  for (let sample = 0; sample < 10; sample++) {
    await wait(500)
    lowest = Math.min(lowest, residentBytes(pid))
  }
  return lowest
}

function residentBytes(pid: number): number {
  const kibibytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  if (kibibytes === undefined) throw new Error('This system does not tell the memory of a process in /proc.')
  return Number(kibibytes) * 1024
}

function ask<T>(order: Order): Promise<T> {
  return once<T>(visitors, order)
}

function once<T>(child: ChildProcess, order: Order): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', (answer: T | { error: string }) => {
      if (typeof answer === 'object' && answer !== null && 'error' in answer) reject(new Error(answer.error))
      else resolve(answer as T)
    })
    child.send(order)
  })
}

function percentile(values: readonly number[], part: number): string {
  const sorted = [...values].sort((a, b) => a - b)
  return (sorted[Math.ceil(part * sorted.length) - 1] ?? Number.NaN).toFixed(1)
}
