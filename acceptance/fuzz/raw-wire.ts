import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { LiveEvent } from '../harness/socket.ts'
import { type Dice, throwDice } from './dice.ts'
import { type FuzzStage, type Round, shoot } from './fuzz-stage.ts'
import { makeFrame } from './live-frames.ts'
import { mutateBytes } from './mutate.ts'
import { findMisshape } from './server-event-shape.ts'

/** Upgrade requests and WebSocket frames that no library would send, byte by byte over TCP. */
export async function fuzzWire(stage: FuzzStage, round: Round): Promise<void> {
  const { session_token: token } = await stage.parlor.createSession(stage.agentId)
  await shoot(stage, round, 16, async (index) => {
    const dice = throwDice(round.seed, index)
    const socket = connect(stage.parlor.port, '127.0.0.1')
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(Buffer.from(chunk)))
    socket.on('error', () => {})
    const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()))
    const isMangled = dice.chance(0.4)
    const upgrade = upgradeRequest(stage, dice)
    socket.write(isMangled ? mutateBytes(upgrade, dice) : upgrade)
    if (isMangled) stage.count('mangled upgrades')
    else {
      await answerOf(socket, chunks)
      const hello = Buffer.from(JSON.stringify({ type: 'hello', v: 1, token }))
      if (dice.chance(0.6)) socket.write(frame(hello, {}))
    }
    for (let frames = 1 + dice.below(6); frames > 0; frames--) {
      if (socket.writable) socket.write(brokenFrame(dice))
    }
    if (dice.chance(0.3)) socket.end()
    await Promise.race([closed, wait(100)])
    socket.destroy()
    readAnswer(stage, Buffer.concat(chunks), isMangled)
  })
}

function upgradeRequest({ parlor }: FuzzStage, dice: Dice): Buffer {
  const extra = dice.pick(['', 'Origin: https://a.example\r\n', 'Sec-WebSocket-Extensions: permessage-deflate\r\n'])
  return Buffer.from(
    `GET /v1/rt HTTP/1.1\r\nHost: 127.0.0.1:${parlor.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n${extra}\r\n`,
  )
}

async function answerOf(socket: Socket, chunks: Buffer[]): Promise<void> {
  const giveUpAt = performance.now() + 5000
  while (!Buffer.concat(chunks).includes('\r\n\r\n') && !socket.destroyed && performance.now() < giveUpAt) await wait(2)
}

interface Oddities {
  /** FIN, the reserved bits and the opcode. */
  first?: number
  isMasked?: boolean
  /** Said in the place of the true length. */
  length?: number | bigint
}

/** One frame of a client's. */
function frame(payload: Buffer, { first = 0x81, isMasked = true, length = payload.length }: Oddities): Buffer {
  const flag = isMasked ? 0x80 : 0
  const isLong = typeof length === 'bigint' || length > 65535
  const head = Buffer.alloc(isLong ? 10 : length > 125 ? 4 : 2)
  head[0] = first
  if (isLong) {
    head[1] = flag | 127
    head.writeBigUInt64BE(BigInt(length), 2)
  } else if (length > 125) {
    head[1] = flag | 126
    head.writeUInt16BE(length, 2)
  } else head[1] = flag | length
  if (!isMasked) return Buffer.concat([head, payload])
  const mask = Buffer.from([1, 2, 3, 4])
  const masked = payload.map((byte, at) => byte ^ (mask[at % 4] ?? 0))
  return Buffer.concat([head, mask, masked])
}

function brokenFrame(dice: Dice): Buffer {
  const payload = makeFrame(dice).bytes.subarray(0, 4000)
  switch (dice.below(10)) {
    case 0:
      return frame(payload, { first: 0x81 | (1 << (4 + dice.below(3))) })
    case 1:
      return frame(payload, { first: 0x80 | dice.pick([3, 4, 7, 0xb, 0xf]) })
    case 2:
      return frame(payload, { isMasked: false })
    case 3:
      return frame(payload, { length: dice.below(payload.length + 200) })
    case 4:
      return frame(payload, { length: dice.pick([2n ** 63n, 2n ** 64n - 1n, 131_073n, 0n, 5n]) })
    // Control frames that are too long, cut, or hold no code.
    case 5:
      return frame(Buffer.alloc(126 + dice.below(500), 120), { first: dice.pick([0x88, 0x89, 0x8a]) })
    case 6:
      return frame(dice.bytes(dice.below(125)), { first: dice.pick([0x08, 0x09, 0x88, 0x89, 0x8a]) })
    case 7:
      return frame(payload, { first: dice.pick([0x00, 0x01, 0x02, 0x80]) })
    case 8:
      return mutateBytes(frame(payload, {}), dice)
    default:
      return frame(payload, {})
  }
}

/** No answer of ours is a fault of ours, and what comes after the upgrade are whole events. */
function readAnswer(stage: FuzzStage, bytes: Buffer, isMangled: boolean): void {
  const end = bytes.indexOf('\r\n\r\n')
  const head = bytes.subarray(0, Math.max(0, end)).toString('latin1')
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0)
  stage.count(`wire ${status || 'no answer'}`)
  if (status >= 500 || (status === 0 && !isMangled)) stage.fault(`an upgrade was answered "${head || 'with nothing'}"`)
  if (status !== 101) return
  for (let at = end + 4; at + 2 <= bytes.length; ) {
    const short = (bytes[at + 1] ?? 0) & 0x7f
    const size = short < 126 ? 2 : short === 126 ? 4 : 10
    if (at + size > bytes.length) return
    const length =
      short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))
    const payload = bytes.subarray(at + size, at + size + length)
    if (payload.length === length) judgeFrame(stage, (bytes[at] ?? 0) & 15, payload)
    at += size + length
  }
}

function judgeFrame(stage: FuzzStage, opcode: number, payload: Buffer): void {
  if (opcode === 8) {
    const code = payload.length < 2 ? 1005 : payload.readUInt16BE(0)
    stage.count(`wire close ${code}`)
    if (code === 4500 || code === 1011) stage.fault(`closed with ${code}`)
  } else if (opcode === 1) {
    const misshape = findMisshape(JSON.parse(String(payload)) as LiveEvent)
    if (misshape !== null) stage.fault(misshape)
  } else if (opcode !== 9 && opcode !== 10) stage.fault(`a frame with the opcode ${opcode}`)
}
