import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { LiveSocket } from '../harness/socket.ts'
import type { Parlor } from '../harness/start-parlor.ts'
import { hearAnswer, lastSeqOf, makeAndEnd, type Traffic, talk } from './load.ts'
import type { Promises, Talker } from './promises.ts'

/** What sets off the kill: time, a request that has just left, or the store at a commit. */
export type Trigger = 'time' | 'create' | 'end' | 'message' | 'commit'

const backends = 8
const talkers = 6
/** An ending waits until the lease of the node that was killed before is over (decision 13); some lives last longer than that. */
const deadLeaseMs = 2_200
/** A visitor is away for good after this many lives. */
const livesOfATalker = 6

/** Puts the running server under load and kills it. Resolves when everything that was in flight has failed. */
export async function liveOnce(
  parlor: Parlor,
  agentId: string,
  promises: Promises,
  trigger: Trigger,
  life: number,
): Promise<{ inFlight: number }> {
  const traffic: Traffic = { inFlight: 0, isOver: false, onSent: () => {} }
  const active = await bringTalkers(parlor, agentId, promises, life)
  const killed = new Promise<{ inFlight: number }>((resolve, reject) => {
    const kill = () => {
      if (traffic.isOver) return
      traffic.isOver = true
      parlor.kill().then(() => resolve({ inFlight: traffic.inFlight }), reject)
    }
    arm(trigger, parlor, traffic, kill)
  })
  const work = [
    ...Array.from({ length: backends }, () => makeAndEnd(parlor, agentId, promises, traffic)),
    ...active.map(({ socket, talker }) => talk(socket, talker, traffic)),
  ]
  await Promise.all([...work, killed])
  for (const { socket, talker } of active) talker.lastSeq = lastSeqOf(socket.events, talker.lastSeq)
  return killed
}

function arm(trigger: Trigger, { store }: Parlor, traffic: Traffic, kill: () => void): void {
  const warmUpMs = randomInt(20, 300) + (trigger === 'end' && store.kind === 'postgres' ? deadLeaseMs : 0)
  if (trigger === 'time') {
    void wait(warmUpMs).then(kill)
    return
  }
  void wait(warmUpMs).then(() => {
    if (trigger === 'commit') {
      store.onceCommitted(kill)
      return
    }
    let toGo = randomInt(1, 10)
    traffic.onSent = (what) => {
      if (what !== trigger || --toGo !== 0) return
      // The request leaves this process with the loop's turn; it arrives while the server is busy with others.
      void wait(randomInt(3)).then(kill)
    }
  })
}

/** Visitors of earlier lives come back where they stopped, and new ones take the place of those who left. */
async function bringTalkers(parlor: Parlor, agentId: string, promises: Promises, life: number) {
  const returning = promises.talkers.slice(-talkers).filter((_, index) => (life + index) % livesOfATalker !== 0)
  const active = await Promise.all(returning.map((talker) => comeBack(parlor, talker)))
  while (active.length < talkers) {
    const { session_token: token } = await parlor.createSession(agentId, { max_duration: 86_400 })
    const { socket, ready } = await parlor.visit(token)
    const talker: Talker = { token, visitor: ready.visitor, lastSeq: 0, messages: [] }
    promises.talkers.push(talker)
    active.push({ socket, talker })
  }
  return active
}

/** Resumes after the last event seen, which must still be there, and says its last message again: that is harmless or needed. */
async function comeBack(parlor: Parlor, talker: Talker): Promise<{ socket: LiveSocket; talker: Talker }> {
  const more = { visitor: talker.visitor, resume: { last_seq: talker.lastSeq } }
  const { socket, ready } = await parlor.visit(talker.token, more)
  if (!ready.resume.ok) throw new Error(`Event ${talker.lastSeq} of visitor ${talker.visitor.id} was told and is gone.`)
  const last = talker.messages.at(-1)
  if (last === undefined) return { socket, talker }
  const isNew = !last.isStored
  socket.send({ type: 'user.text', id: last.id, text: last.text })
  if (isNew) await hearAnswer(socket, talker, last)
  else await socket.waitFor((event) => event.type === 'user.message' && event.id === last.id)
  return { socket, talker }
}
