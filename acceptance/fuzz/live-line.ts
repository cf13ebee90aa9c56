import { type ClientOptions, WebSocket } from 'ws'
import type { LiveEvent } from '../harness/socket.ts'
import type { Dice } from './dice.ts'
import type { FuzzStage } from './fuzz-stage.ts'
import { judgeLine, type LineOracle, type VisitorRecords } from './visitor-record.ts'

const patienceMs = 10_000

/** One connection that says anything at all and believes nothing. */
export interface LiveLine {
  oracle: LineOracle
  /** In one frame or, with dice, in several. */
  send(bytes: Buffer, isBinary: boolean, split?: Dice): void
  ping(): void
  /** Until the first such event; null where the line closed before. @throws Error when neither comes in time. */
  until(type: string, fits?: (event: LiveEvent) => boolean): Promise<LiveEvent | null>
  closed: Promise<number>
  isOpen(): boolean
  close(): void
  terminate(): void
  /** Reads no more, and stays. */
  pause(): void
}

/** Opens a line; everything that comes over it is judged. @throws Error when the upgrade is refused. */
export async function openLine(stage: FuzzStage, records: VisitorRecords, origin?: string): Promise<LiveLine> {
  const settings: ClientOptions = { perMessageDeflate: false, handshakeTimeout: patienceMs }
  if (origin !== undefined) settings.origin = origin
  const ws = new WebSocket(`${stage.parlor.url.replace(/^http/, 'ws')}/v1/rt`, settings)
  const oracle = judgeLine(records, stage.fault)
  const events: LiveEvent[] = []
  const waiting = new Set<() => void>()
  const look = () => {
    for (const one of waiting) one()
  }
  ws.on('message', (data, isBinary) => {
    if (isBinary) stage.fault('a binary frame')
    const event = readEvent(String(data), stage)
    if (event === null) return
    events.push(event)
    oracle.hear(event)
    look()
  })
  ws.on('error', () => {})
  const closed = new Promise<number>((resolve) => {
    ws.on('close', (code) => {
      stage.count(`close ${code}`)
      if (code === 4500 || code === 1011) stage.fault(`closed with ${code}`)
      resolve(code)
      look()
    })
  })
  await new Promise<void>((resolve, reject) => {
    ws.once('open', resolve)
    ws.once('error', reject)
  })
  return {
    oracle,
    closed,
    send: (bytes, isBinary, split) => sendParts(ws, split === undefined ? [bytes] : cut(bytes, split), isBinary),
    ping: () => ws.readyState === WebSocket.OPEN && ws.ping('x'),
    isOpen: () => ws.readyState === WebSocket.OPEN,
    until: (type, fits = () => true) =>
      new Promise((resolve, reject) => {
        const done = (event: LiveEvent | null) => {
          clearTimeout(timer)
          waiting.delete(look)
          resolve(event)
        }
        const look = () => {
          const found = events.find((event) => event.type === type && fits(event))
          if (found !== undefined) done(found)
          else if (ws.readyState >= WebSocket.CLOSING) done(null)
        }
        const timer = setTimeout(() => {
          waiting.delete(look)
          reject(new Error(`no ${type} in ${patienceMs} ms; last: ${JSON.stringify(events.slice(-3))}`))
        }, patienceMs)
        waiting.add(look)
        look()
      }),
    close: () => ws.close(1000),
    terminate: () => ws.terminate(),
    pause: () => ws.pause(),
  }
}

function readEvent(text: string, stage: FuzzStage): LiveEvent | null {
  try {
    const event = JSON.parse(text) as LiveEvent | null
    if (typeof event?.type === 'string') return event
  } catch {}
  stage.fault(`a frame that is no event: ${text.slice(0, 300)}`)
  return null
}

function sendParts(ws: WebSocket, parts: Buffer[], binary: boolean): void {
  if (ws.readyState !== WebSocket.OPEN) return
  parts.forEach((part, at) => {
    ws.send(part, { binary, fin: at === parts.length - 1 })
  })
}

/** Anywhere, also within a letter. */
function cut(bytes: Buffer, dice: Dice): Buffer[] {
  const at = dice.below(bytes.length + 1)
  const later = at + dice.below(bytes.length - at + 1)
  return [bytes.subarray(0, at), bytes.subarray(at, later), bytes.subarray(later)]
}
