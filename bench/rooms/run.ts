import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openHttpClient } from '../../acceptance/harness/http-client.ts'
import { startLiveKit } from '../../acceptance/harness/start-livekit.ts'
import { askRooms } from '../../acceptance/rooms/ask-rooms.ts'
import { customersToken } from '../../acceptance/rooms/sign-for-livekit.ts'
import { askProcess } from '../ask-process.ts'
import { formatSpread, spreadOf } from '../floor/figures.ts'
import { readProcessorSeconds } from '../floor/processor-time.ts'
import { startParlorServer } from '../floor/servers.ts'
import { describeLoad } from '../machine-load.ts'
import type { Seen } from './guests.ts'
import { readMemoryMiB } from './read-memory.ts'
import { startToneEndpoint } from './tone-endpoint.ts'

/**
 * Avatars in rooms, so many at once, all of them speaking, beside a process that sends as many still pictures and tones and does
 * nothing else: `npm run bench:rooms -- [sessions,...] [seconds]`.
 */
const counts = (process.argv[2] ?? '1,2,5,10').split(',').map(Number)
const seconds = Number(process.argv[3] ?? 12)
const longestGapMs = 100

const folder = mkdtempSync(join(tmpdir(), 'parlor-bench-'))
const run = (file: string) => fork(fileURLToPath(new URL(file, import.meta.url)))
const guests = run('./guests.ts')
const bare = run('./bare-sender.ts')
process.on('exit', () => {
  guests.kill('SIGKILL')
  bare.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

await using livekit = await startLiveKit()
const tone = await startToneEndpoint(seconds + 4)
const parlor = await startParlorServer(folder, {
  env: {
    ...livekit.env,
    PARLOR_TTS_BASE_URL: tone.url,
    PARLOR_TTS_MODEL: 'tone',
    PARLOR_TTS_VOICE: 'tone',
    PARLOR_MAX_ROOMS: '50',
    PARLOR_LOG_LEVEL: 'warn',
  },
})
const http = openHttpClient(parlor.port)

console.log(`${seconds} s of speech in each room; the guests and the media server are processes of their own`)
console.log(describeLoad())
console.log(
  '\n        sessions  cores for each  pictures a second (min / median / max)  longest gap in the sound, ms  tone, s  memory, MiB',
)
let tooLong = 0
const onePixel =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const still = readMemoryMiB(parlor.pid)
console.log(
  `Parlor         0               -                                      -                             -        -  ${still}`,
)
for (const count of counts) await measure(count)
console.log(describeLoad())
http.close()
tone.close()
await parlor.stop()
process.exitCode = tooLong === 0 ? 0 : 1
guests.disconnect()
bare.disconnect()

async function measure(count: number): Promise<void> {
  const made = await Promise.all(Array.from({ length: count }, makeSession))
  await askProcess(guests, { do: 'join', rooms: made })
  // The greeting is over, and every encoder has found its pace.
  await wait(4000)
  const { seen, cores } = await watch(parlor.pid, 'How much is a ticket?')
  const memory = readMemoryMiB(parlor.pid)
  await askProcess(guests, { do: 'leave' })
  await Promise.all(made.map(({ id }) => send('PATCH', `/v3/sessions/${id}/stop`, undefined)))
  const gap = Math.max(...seen.map((one) => one.longestGapMs))
  if (gap > longestGapMs) tooLong += 1
  report('Parlor', count, cores, seen, memory)
  const plain = await measureBare(count)
  console.log(`${' '.repeat(17)}Parlor / bare: ${(cores / plain).toFixed(2)}`)
}

/** The same number of rooms with nobody but the sender and a guest. Resolves to the cores it took. */
async function measureBare(count: number): Promise<number> {
  const names = Array.from({ length: count }, (_, index) => `bare-${count}-${index}`)
  for (const name of names) await askRooms(livekit, 'CreateRoom', { name })
  const places = (identity: string) =>
    names.map((name) => ({ url: livekit.url, token: customersToken(livekit, identity, name) }))
  await askProcess(bare, { do: 'send', rooms: places('mira') })
  await askProcess(guests, { do: 'join', rooms: places('guest') })
  await wait(4000)
  const { seen, cores } = await watch(bare.pid ?? 0, '')
  report('bare', count, cores, seen, readMemoryMiB(bare.pid ?? 0))
  await askProcess(guests, { do: 'leave' })
  await askProcess(bare, { do: 'stop' })
  return cores
}

/** What the guests see and hear in the given time, and how many cores the process took for all rooms. */
async function watch(pid: number, text: string): Promise<{ seen: Seen[]; cores: number }> {
  const before = readProcessorSeconds(pid) ?? Number.NaN
  const { seen } = await askProcess<{ seen: Seen[] }>(guests, { do: 'measure', text, seconds })
  return { seen, cores: ((readProcessorSeconds(pid) ?? Number.NaN) - before) / seconds }
}

function report(name: string, count: number, cores: number, seen: readonly Seen[], memory: number): void {
  const gap = Math.max(...seen.map((one) => one.longestGapMs))
  const tone = Math.min(...seen.map(({ toneMs }) => toneMs)) / 1000
  const rates = formatSpread(spreadOf(seen.map(({ rate }) => rate)), 1)
  const cells = [name.padEnd(7), String(count).padStart(8), (cores / count).toFixed(2).padStart(15), rates.padStart(38)]
  console.log([...cells, String(gap).padStart(29), tone.toFixed(1).padStart(8), String(memory).padStart(11)].join(' '))
}

async function makeSession(): Promise<{ id: string; url: string; token: string }> {
  const made = await send<{ session: { id: string; host: { serverUrl: string } }; consumerAccessToken: string }>(
    'POST',
    '/v3/sessions',
    {
      name: 'Bench',
      avatar: { identity: 'mira', name: 'Mira', refImage: onePixel, agentId: null },
      agent: { provider: 'openai', instructions: 'Answer.' },
      consumerIdentity: { identity: 'guest', name: 'Guest' },
    },
  )
  return { id: made.session.id, url: made.session.host.serverUrl, token: made.consumerAccessToken }
}

async function send<Body>(method: string, path: string, body: unknown): Promise<Body> {
  const answer = await http.send<Body>(method, path, body, { 'x-api-key': parlor.key })
  if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`)
  return answer.body
}
