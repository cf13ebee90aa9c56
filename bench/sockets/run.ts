import { fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openHttpClient } from '../../acceptance/harness/http-client.ts'
import { askProcess } from '../ask-process.ts'
import { percentile } from '../floor/figures.ts'
import { type Server, startParlorServer } from '../floor/servers.ts'
import { describeLoad } from '../machine-load.ts'
import type { Arrived, Ended } from './visitors.ts'

/**
 * Memory after the start and for each idle socket, and how long the end of a session takes to reach its sockets:
 * `node bench/sockets/run.ts [sockets] [sockets per session] [endings]`. Linux only: memory is read from /proc.
 */
const socketCount = Number(process.argv[2] ?? 10_000)
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
const arrived = await askProcess<Arrived>(visitors, {
  do: 'come',
  port: server.port,
  tokens,
  socketsPerSession: perSession,
  first: 0,
})
const withSockets = await settledMemory(server.pid)
const chosen = sessions.map(({ id }, index) => ({ id, index })).slice(0, endings)
const ended = await askProcess<Ended>(visitors, { do: 'end', port: server.port, key: server.key, sessions: chosen })

const perSocketKiB = (withSockets - withSessions) / arrived.opened / 1024
console.log(`after the start         ${(atStart / mebibyte).toFixed(0)} MiB (aim ${aims.startMiB})`)
console.log(`after ${sessions.length} creates       ${(withSessions / mebibyte).toFixed(0)} MiB`)
console.log(
  `with ${arrived.opened} idle sockets  ${(withSockets / mebibyte).toFixed(0)} MiB: ${perSocketKiB.toFixed(1)} KiB per socket ` +
    `(aim ${aims.socketKiB}); hello to all in ${arrived.seconds.toFixed(1)} s, ${perSession} to a session`,
)
const remaining = arrived.opened - ended.lastCloseMs.length * perSession
console.log(
  `DELETE to last close    p50 ${percentile(ended.lastCloseMs, 0.5).toFixed(1)} ms, p99 ${percentile(ended.lastCloseMs, 0.99).toFixed(1)} ms, ` +
    `max ${percentile(ended.lastCloseMs, 1).toFixed(1)} ms (aim p99 ${aims.endMs}); ${endings} sessions of ${perSession} sockets ` +
    `among ${arrived.opened} down to ${remaining}`,
)
console.log(
  `DELETE to its answer    p50 ${percentile(ended.answeredMs, 0.5).toFixed(1)} ms, p99 ${percentile(ended.answeredMs, 0.99).toFixed(1)} ms`,
)
console.log(describeLoad())
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
