import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { hearAnswer } from '../../crash/load.ts'
import type { MadeSession, Promises, SentMessage, Talker } from '../../crash/promises.ts'
import type { Answer } from '../../harness/http-client.ts'
import type { ManyNodes } from '../../harness/start-nodes.ts'
import type { Parlor } from '../../harness/start-parlor.ts'
import { questions } from '../museum.ts'

/** Work that goes on whatever happens to the nodes and to Postgres, and what came of it. */
export interface Load {
  nodes: ManyNodes
  agentId: string
  promises: Promises
  isOver: boolean
  /** Requests and messages that were lost on the way, or refused because the store was away. */
  failures: number
  /** Creates that were never answered: they may have happened. */
  unanswered: number
  /** Answers nobody should get. */
  odd: string[]
}

const restMs = 50
/** A node that was killed with a key in its hands leaves it closed for a minute; so long nobody here waits. */
const mostBusy = 4

function anyNode({ nodes }: Load): Parlor {
  return nodes.node(Math.floor(Math.random() * nodes.all.length))
}

/** What a store that is away is told as; any of these may be tried again. */
const passing = new Set([500, 502, 503])

/** Null when there was no answer, or one that says to try again. */
async function ask<Body>(load: Load, work: Promise<Answer<Body>>): Promise<Answer<Body> | null> {
  const answer = await work.catch(() => null)
  if (answer !== null && answer.status === 200) return answer
  load.failures += 1
  if (answer !== null && !passing.has(answer.status) && answer.status !== 409) {
    load.odd.push(`${answer.status} ${answer.text}`)
  }
  await wait(restMs)
  return null
}

/** A backend: makes sessions and ends most of them, at any node, until the time is over. */
export async function makeAndEnd(load: Load): Promise<void> {
  const waiting: MadeSession[] = []
  for (let round = 0; !load.isOver; round++) {
    const made = await make(load)
    if (made === null) continue
    load.promises.sessions.push(made)
    if (round % 4 !== 3) waiting.push(made)
    const due = round % 3 === 0 ? waiting.pop() : waiting.length > 3 ? waiting.shift() : undefined
    if (due !== undefined) await end(load, due)
  }
}

async function make(load: Load): Promise<MadeSession | null> {
  const wish = { user_metadata: { number: load.promises.sessions.length }, audio_only: false }
  const body = { agentic_avatar_id: load.agentId, max_duration: 7200, ...wish }
  const headers = { 'idempotency-key': randomUUID() }
  // At another node each time, under one key: however often it is asked, one session comes of it.
  for (let [tries, busy] = [0, 0]; tries < 100 && busy < mostBusy; tries++) {
    const asked = anyNode(load).request<Record<string, string>>('POST', '/v1/widget/sessions', body, headers)
    asked.then(({ status }) => status === 409 && busy++).catch(() => {})
    const answer = await ask(load, asked)
    if (answer === null) continue
    const { session_id: id = '', session_token: token = '', expires_at } = answer.body
    return {
      id,
      token,
      fields: { ...wish, agentic_avatar_id: load.agentId, expires_at },
      end: 'not_asked',
      settled: null,
    }
  }
  load.unanswered += 1
  return null
}

async function end(load: Load, session: MadeSession): Promise<void> {
  session.end = 'asked'
  for (let tries = 0; tries < 200; tries++) {
    if ((await ask(load, anyNode(load).endSession(session.id))) === null) continue
    session.end = 'acknowledged'
    return
  }
}

/** A visitor with a session of its own, who has been there once. */
export async function bringTalker(load: Load): Promise<Talker> {
  const { session_token: token } = await load.nodes.node(0).createSession(load.agentId, { max_duration: 86_400 })
  const { socket, ready } = await load.nodes.node(0).visit(token)
  socket.terminate()
  const talker: Talker = { token, visitor: ready.visitor, lastSeq: 0, messages: [] }
  load.promises.talkers.push(talker)
  return talker
}

/** The visitor goes on talking, at another node whenever a line breaks. */
export async function talkOn(load: Load, talker: Talker): Promise<void> {
  while (!load.isOver) await talkUntilLost(load, talker)
}

async function talkUntilLost(load: Load, talker: Talker): Promise<void> {
  const more = { visitor: talker.visitor, resume: { last_seq: talker.lastSeq } }
  const visit = await anyNode(load)
    .visit(talker.token, more)
    .catch(() => null)
  if (visit === null) {
    load.failures += 1
    await wait(restMs * 4)
    return
  }
  const { socket, ready } = visit
  if (!ready.resume.ok) load.odd.push(`event ${talker.lastSeq} of visitor ${talker.visitor.id} was told and is gone`)
  try {
    while (!load.isOver) {
      const message = nextMessage(talker)
      socket.send({ type: 'user.text', id: message.id, text: message.text })
      const told = await socket.waitFor(({ type, id, ref }) => [id, ref].includes(message.id) && saysHow.has(type))
      if (told.type === 'error') throw new Error('refused')
      await hearAnswer(socket, talker, message)
      // Below what a visitor may send in a second.
      await wait(120)
    }
  } catch {
    load.failures += 1
    await wait(restMs * 2)
  } finally {
    socket.terminate()
  }
}

const saysHow = new Set(['user.message', 'error'])

/** The last one again, as long as it is not answered. */
function nextMessage(talker: Talker): SentMessage {
  const last = talker.messages.at(-1)
  if (last !== undefined && last.answer === null) return last
  const number = talker.messages.length
  const next = {
    id: `m${number}`,
    text: `${questions[number % questions.length]} (${number})`,
    isStored: false,
    answer: null,
  }
  talker.messages.push(next)
  return next
}
