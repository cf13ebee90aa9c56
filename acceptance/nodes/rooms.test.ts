import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { type ManyNodes, startNodes } from '../harness/start-nodes.ts'
import { askRooms } from '../rooms/ask-rooms.ts'
import { type AvatarSession, consumer, useMeeting } from '../rooms/meeting.ts'

let nodes: ManyNodes
const meeting = useMeeting(
  {},
  {
    start: async ({ env = {} }) => {
      nodes = await startNodes({ keeper: inject('postgresKeeper'), nodes: 2, env })
      return nodes.node(0)
    },
  },
)
afterAll(() => nodes?.[Symbol.asyncDispose]())

/** Which connection of the avatar the media server has in the session's room. */
async function avatarOf({ session }: AvatarSession): Promise<string | null> {
  const { participants = [] } = await askRooms<{ participants?: { identity: string; sid: string }[] }>(
    meeting.livekit,
    'ListParticipants',
    { room: `prl_${session.id}` },
  )
  return participants.find(({ identity }) => identity === meeting.identity)?.sid ?? null
}

/** Waits until each room has another connection of its avatar than before; resolves to how long that took, in milliseconds. */
async function untilTakenOver(made: readonly AvatarSession[], before: readonly (string | null)[]): Promise<number> {
  const since = performance.now()
  for (const [index, one] of made.entries()) {
    const look = async () => {
      const sid = await avatarOf(one)
      return sid !== null && sid !== before[index]
    }
    await expect.poll(look, { timeout: 30_000, interval: 50 }).toBe(true)
  }
  return performance.now() - since
}

/** Looks how long the room was without its avatar, in milliseconds, as the media server tells. */
function watchAbsence(made: AvatarSession): { end(): Promise<number> } {
  let isOver = false
  let longestMs = 0
  const watching = (async () => {
    let goneAt: number | null = null
    while (!isOver) {
      if ((await avatarOf(made)) === null) goneAt ??= performance.now()
      else goneAt = null
      longestMs = Math.max(longestMs, goneAt === null ? 0 : Math.round(performance.now() - goneAt))
      await wait(50)
    }
  })()
  return {
    end: async () => {
      isOver = true
      await watching
      return longestMs
    },
  }
}

async function inRooms(count: number): Promise<{ made: AvatarSession[]; before: (string | null)[] }> {
  const made: AvatarSession[] = []
  while (made.length < count) made.push(await meeting.createSession())
  for (const one of made) await expect.poll(() => avatarOf(one), { timeout: 20_000 }).not.toBeNull()
  return { made, before: await Promise.all(made.map(avatarOf)) }
}

describe('rooms of two nodes', () => {
  test('of which one is killed have their avatars again within seconds, and the talk goes on', async () => {
    const { made, before } = await inRooms(3)
    const guest = await meeting.openGuest(made[0] as AvatarSession)
    await guest.hears('equos_event', 'Welcome to the museum')
    await nodes.node(0).kill()
    const tookMs = await untilTakenOver(made, before)
    console.info(`three avatars were taken over ${Math.round(tookMs)} ms after kill -9`)
    expect(tookMs).toBeLessThan(8_000)
    await guest.sees(meeting.identity)
    await guest.call('say', { text: 'How much is a ticket?', as: 'chat' })
    await guest.hears('equos_event', 'A ticket costs twelve euros.')
    const sids = await Promise.all(made.map(avatarOf))
    await nodes.node(0).restart()
    await wait(5_000)
    expect(await Promise.all(made.map(avatarOf))).toEqual(sids)
    for (const { session } of made) expect((await meeting.stop(session.id)).status).toBe(200)
    expect(await meeting.rooms()).toEqual([])
  })

  test('of which one is stopped are handed over: the avatar is gone for less than a second, and says nothing of it', async () => {
    const { made, before } = await inRooms(2)
    const guest = await meeting.openGuest(made[0] as AvatarSession)
    await guest.hears('equos_event', 'Welcome to the museum')
    const away = watchAbsence(made[0] as AvatarSession)
    const stopped = nodes.node(0).stop()
    const tookMs = await untilTakenOver(made, before)
    const awayMs = await away.end()
    console.info(`two avatars were handed over ${Math.round(tookMs)} ms after SIGTERM, and away for ${awayMs} ms`)
    expect((await stopped).code).toBe(0)
    // The vendor's client hangs up when the avatar is away for three seconds.
    expect(awayMs).toBeLessThan(1_000)
    expect(JSON.stringify(await guest.call('hearsay'))).not.toContain('I have to leave')
    await guest.sees(meeting.identity)
    await guest.call('say', { text: 'How much is a ticket?', as: 'chat' })
    await guest.hears('equos_event', 'A ticket costs twelve euros.')
    await nodes.node(0).restart()
    for (const { session } of made) expect((await meeting.stop(session.id)).status).toBe(200)
  })

  test('of which one stands still are taken over, and it takes none back when it goes on', async () => {
    const { made, before } = await inRooms(2)
    nodes.node(0).signal('SIGSTOP')
    await untilTakenOver(made, before)
    const sids = await Promise.all(made.map(avatarOf))
    nodes.node(0).signal('SIGCONT')
    await wait(5_000)
    expect(await Promise.all(made.map(avatarOf))).toEqual(sids)
    for (const { session } of made) expect((await meeting.read(session.id)).status).toMatch(/starting|running/)
    for (const { session } of made) expect((await meeting.stop(session.id)).status).toBe(200)
    expect(await meeting.rooms()).toEqual([])
  })

  test('are no more than a client key may have, though both nodes are asked at once', async () => {
    const key = { name: 'Three at once', kind: 'client', concurrency: 3, rate_limit: 0 }
    const made = await nodes.node(0).request<{ key: string }>('POST', '/admin/v1/keys', key)
    const wish = {
      name: 'A visit',
      avatar: { id: meeting.avatarId },
      agent: { id: meeting.agentId },
      consumerIdentity: consumer,
    }
    const headers = { 'x-api-key': undefined, authorization: `Bearer ${made.body.key}` }
    const asked = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        nodes.node(index % 2).request<AvatarSession>('POST', '/v3/session-passes', wish, headers),
      ),
    )
    const started = asked.filter(({ status }) => status === 201)
    expect([started.length, asked.filter(({ status }) => status === 429).length]).toEqual([3, 9])
    await Promise.all(started.map(({ body }) => meeting.stop(body.session.id)))
  })
})

test('a node that is alone and told to stop says that it goes, and goes on when it is started again', async () => {
  const one = await inRooms(1)
  await nodes.node(1).kill()
  // Until its lease is over it counts.
  await wait(3_000)
  const [made] = (await inRooms(1)).made as [AvatarSession]
  await meeting.stop(one.made[0]?.session.id ?? '')
  const guest = await meeting.openGuest(made)
  await guest.hears('equos_event', 'Welcome to the museum')
  const before = await avatarOf(made)
  expect((await nodes.node(0).stop()).code).toBe(0)
  await guest.hears('chat', 'I have to leave for a moment')
  expect(await avatarOf(made)).toBeNull()
  await nodes.node(0).restart()
  await untilTakenOver([made], [before])
  await guest.call('say', { text: 'How much is a ticket?', as: 'chat' })
  await guest.hears('equos_event', 'A ticket costs twelve euros.')
  expect((await meeting.stop(made.session.id)).status).toBe(200)
})
