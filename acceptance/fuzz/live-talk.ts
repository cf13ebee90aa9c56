import { setTimeout as wait } from 'node:timers/promises'
import type { SessionAnswer } from '../harness/start-parlor.ts'
import { type Dice, throwDice } from './dice.ts'
import { type FuzzStage, type Round, shoot } from './fuzz-stage.ts'
import { changeToken } from './fuzz-tokens.ts'
import { changedFrame, frameOf, makeFrame } from './live-frames.ts'
import { type LiveLine, openLine } from './live-line.ts'
import type { VisitorRecords } from './visitor-record.ts'

const origins = [undefined, 'https://shop.example', 'https://evil.example', 'null', 'nonsense', 'https://a, https://b']
const longestTalk = 30

interface Talk {
  stage: FuzzStage
  dice: Dice
  session: SessionAnswer
  /** Only pages of shop.example may use it. */
  isRestricted: boolean
  isEnded: boolean
  /** Its client keeps to frames that do not end it, so that it comes to something. */
  isCalm: boolean
  records: VisitorRecords
  /** Lines that are left hanging: nothing is read from them and nothing more said. */
  halfOpen: LiveLine[]
}

/** Seeded talks of one to thirty frames over one to three connections each. */
export async function fuzzTalks(stage: FuzzStage, round: Round): Promise<void> {
  const halfOpen: LiveLine[] = []
  await shoot(stage, round, 8, async (index) => {
    const dice = throwDice(round.seed, index)
    const isRestricted = dice.chance(0.3)
    const extra = isRestricted ? { allowed_domains: ['shop.example'] } : {}
    const session = await stage.parlor.createSession(stage.agentId, extra)
    const [isEnded, isCalm] = [dice.chance(0.08), dice.chance(0.6)]
    const talk: Talk = { stage, dice, session, isRestricted, isEnded, isCalm, records: new Map(), halfOpen }
    if (talk.isEnded) await stage.parlor.endSession(session.session_id)
    for (let lines = 1 + dice.below(3); lines > 0; lines--) await talkOnce(talk)
    await lookForAcknowledged(talk)
    if (!talk.isEnded && dice.chance(0.5)) await stage.parlor.endSession(session.session_id)
  })
  for (const line of halfOpen) line.terminate()
}

async function talkOnce(talk: Talk): Promise<void> {
  const { stage, dice } = talk
  const origin = dice.chance(0.6) ? (talk.isRestricted ? 'https://shop.example' : undefined) : dice.pick(origins)
  const line = await openLine(stage, talk.records, origin)
  if (!talk.isCalm && dice.chance(0.1)) sendSome(line, talk, 1 + dice.below(3))
  const isGoodToken = greet(talk, line)
  if (talk.isCalm || dice.chance(0.5)) await Promise.race([line.until('ready'), wait(isGoodToken ? 1000 : 150)])
  const frames = dice.below(longestTalk)
  sendSome(line, talk, Math.floor(frames / 2))
  if (dice.chance(0.5)) await wait(dice.below(30))
  if (dice.chance(0.04)) for (let pings = 0; pings < 100; pings++) line.ping()
  if (dice.chance(0.05) && !talk.isEnded) {
    talk.isEnded = true
    await stage.parlor.endSession(talk.session.session_id)
  }
  sendSome(line, talk, Math.ceil(frames / 2))
  if (line.oracle.visitor() !== null) {
    stage.count('talks let in')
    if (!isGoodToken) stage.fault(`a token that was ${talk.isEnded ? 'ended' : 'mangled'} was let in`)
    if (talk.isRestricted && origin !== undefined && origin !== 'https://shop.example') {
      stage.fault(`the origin ${origin} was let in`)
    }
  }
  await leave(talk, line)
}

function sendSome(line: LiveLine, { dice, isCalm }: Talk, count: number): void {
  for (let left = count; left > 0 && line.isOpen(); left--) {
    const { bytes, isBinary, isSplit } = makeFrame(dice, isCalm)
    line.send(bytes, isBinary, isSplit ? dice : undefined)
  }
}

/** Says hello, well or not. Returns whether its token is good, as far as is known. */
function greet(talk: Talk, line: LiveLine): boolean {
  const { dice, session, records } = talk
  const token = session.session_token
  const shown = dice.chance(0.9)
    ? token
    : dice.chance(0.8)
      ? changeToken(token, dice)
      : dice.pick(['', 'x', '..', 'null'])
  const known = [...records]
  const hello: { type: string; [field: string]: unknown } = { type: 'hello', v: 1, token: shown }
  if (dice.chance(0.3)) hello.session = dice.chance(0.8) ? session.session_id : 'another'
  if (known.length > 0 && dice.chance(0.7)) {
    const [id, record] = dice.pick(known)
    hello.visitor = { id, resume_key: dice.chance(0.95) ? record.resumeKey : 'wrong' }
    const claimed = dice.chance(0.6) ? record.lastSeq : dice.pick([0, 1, record.lastSeq + 1, 2 ** 40])
    if (dice.chance(0.8)) hello.resume = { last_seq: claimed }
  } else if (dice.chance(0.1)) hello.resume = { last_seq: dice.pick([0, 7, 2 ** 53 - 1]) }
  const isGood = shown === token && !talk.isEnded
  if (dice.chance(0.8)) {
    line.oracle.claim((hello.resume as { last_seq: number } | undefined)?.last_seq)
    line.send(frameOf(hello, dice).bytes, false, dice.chance(0.1) ? dice : undefined)
    return isGood
  }
  const { bytes, isBinary } = changedFrame(hello, dice)
  line.oracle.claim(claimOf(bytes))
  line.send(bytes, isBinary)
  // What was changed may have been mended by it; that it carries the whole token is what counts.
  return !talk.isEnded && bytes.includes(token)
}

function claimOf(bytes: Buffer): unknown {
  try {
    return (JSON.parse(String(bytes)) as { resume?: { last_seq?: unknown } } | null)?.resume?.last_seq
  } catch {
    return undefined
  }
}

async function leave({ dice, halfOpen, stage, isCalm }: Talk, line: LiveLine): Promise<void> {
  if (isCalm || dice.chance(0.3)) await wait(dice.below(isCalm ? 200 : 60))
  const kind = dice.below(10)
  if (kind < 4) line.terminate()
  else if (kind < 6) line.close()
  else if (kind < 8) line.send(Buffer.from('{"type":"bye"}'), false)
  else if (halfOpen.length < 100) {
    stage.count('left half-open')
    line.pause()
    halfOpen.push(line)
    return
  } else line.terminate()
  if (kind >= 4) await Promise.race([line.closed, wait(3000)])
  line.terminate()
}

/** Each visitor comes once more: what was acknowledged is in its transcript, or the session is over. */
async function lookForAcknowledged(talk: Talk): Promise<void> {
  const { stage, records, session } = talk
  for (const [id, { resumeKey, acknowledged }] of records) {
    const line = await openLine(stage, records, talk.isRestricted ? 'https://shop.example' : undefined)
    const hello = { type: 'hello', v: 1, token: session.session_token, visitor: { id, resume_key: resumeKey } }
    const before = new Map(acknowledged)
    line.send(Buffer.from(JSON.stringify(hello)), false)
    const snapshot = await line.until('snapshot')
    if (snapshot === null) {
      if (!talk.isEnded) stage.fault(`the visitor ${id} was not let in again`)
    } else {
      const messages = snapshot.messages as { id: string; text: string }[]
      for (const [message, text] of before) {
        stage.count('acknowledged messages found')
        if (messages.find((one) => one.id === message)?.text !== text) stage.fault(`${message} "${text}" is lost`)
      }
    }
    line.terminate()
  }
}
