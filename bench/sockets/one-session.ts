import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { askProcess } from '../ask-process.ts'
import { formatSpread, spreadOf } from '../floor/figures.ts'
import { readProcessorSeconds } from '../floor/processor-time.ts'
import { askWith, startBareSockets, startParlorServer } from '../floor/servers.ts'
import { describeLoad } from '../machine-load.ts'
import type { Arrived, Ended } from './visitors.ts'

/**
 * All sockets on one session, and its end, beside the same with bare `ws`, in turn:
 * `node bench/sockets/one-session.ts [sockets] [rounds]`.
 */
const sockets = Number(process.argv[2] ?? 10_000)
const rounds = Number(process.argv[3] ?? 5)
const aim = 1.2

const folder = mkdtempSync(join(tmpdir(), 'parlor-bench-'))
const visitors = fork(fileURLToPath(new URL('./visitors.ts', import.meta.url)))
process.on('exit', () => {
  visitors.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

interface Figure {
  lastCloseMs: number
  answeredMs: number
  processorMs: number
}

const bare = await startBareSockets(folder)
const parlor = await startParlorServer(folder)
const figures = { bare: [] as Figure[], parlor: [] as Figure[] }
let session = 0
let wrongCloses = 0

console.log(`${sockets} sockets on one session, ${rounds} rounds after one to warm up`)
console.log(describeLoad())
for (let round = 0; round <= rounds; round++) {
  const ofBare = await measure(bare.port, bare.pid, { id: 'any', token: 'any' })
  const ofParlor = await measure(parlor.port, parlor.pid, await makeSession())
  if (round === 0) continue
  figures.bare.push(ofBare)
  figures.parlor.push(ofParlor)
  console.log(
    `round ${round}  last close: ws ${ofBare.lastCloseMs.toFixed(0)} ms, Parlor ${ofParlor.lastCloseMs.toFixed(0)} ms`,
  )
}
console.log(
  '\nmin / median / max                     bare ws                  Parlor                   Parlor / ws, round by round',
)
report('DELETE to last close, ms', (figure) => figure.lastCloseMs)
report('DELETE to its answer, ms', (figure) => figure.answeredMs)
report('processor time of the server, ms', (figure) => figure.processorMs)
console.log(`aim: the last close within ${aim} times what ws needs. Sockets closed wrongly: ${wrongCloses}`)
console.log(describeLoad())
await parlor.stop()
await bare.stop()
process.exit(wrongCloses === 0 ? 0 : 1)

async function measure(port: number, pid: number, { id, token }: { id: string; token: string }): Promise<Figure> {
  const index = session++
  await askProcess<Arrived>(visitors, { do: 'come', port, tokens: [token], socketsPerSession: sockets, first: index })
  const before = readProcessorSeconds(pid) ?? Number.NaN
  const order = { do: 'end', port, key: parlor.key, sessions: [{ id, index }] }
  const ended = await askProcess<Ended>(visitors, order)
  const processorMs = ((readProcessorSeconds(pid) ?? Number.NaN) - before) * 1000
  wrongCloses = ended.wrongCloses
  return { lastCloseMs: ended.lastCloseMs[0] ?? Number.NaN, answeredMs: ended.answeredMs[0] ?? Number.NaN, processorMs }
}

async function makeSession(): Promise<{ id: string; token: string }> {
  const { port, key, agentId } = parlor
  const body = { agentic_avatar_id: agentId }
  const made = await askWith(port, key)<Record<string, string>>('POST', '/v1/widget/sessions', body)
  return { id: made.session_id ?? '', token: made.session_token ?? '' }
}

function report(title: string, pick: (figure: Figure) => number): void {
  const [ws, ours] = [figures.bare.map(pick), figures.parlor.map(pick)]
  const ratios = spreadOf(ours.map((value, round) => value / (ws[round] ?? Number.NaN)))
  const columns = [ws, ours].map((values) => formatSpread(spreadOf(values)).padEnd(25)).join('')
  console.log(`${title.padEnd(39)}${columns}${formatSpread(ratios, 2)}`)
}
