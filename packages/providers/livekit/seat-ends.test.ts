import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { findServer } from '../../../tools/livekit/find-server.ts'
import { type LiveKitServer, runServer } from '../../../tools/livekit/run-server.ts'
import { avatar, plain, seatAvatar, tone, type Visit, visit } from './testing/room-visit.ts'

const found = await findServer()
const run = promisify(execFile)

/** How many listen to the native client: what is left of a room is among them. */
const listeners = (): number => Object(Reflect.get(globalThis, '_ffiClientInstance')).listenerCount?.('ffi_event') ?? 0

/** The client has one for each source of sound. */
const soundThreads = (): number => {
  const names = readdirSync('/proc/self/task').map((id) => readFileSync(`/proc/self/task/${id}/comm`, 'utf8'))
  return names.filter((name) => name.startsWith('AudioSource')).length
}

describe.skipIf('reason' in found)('the end of an avatar in a room', () => {
  let media: LiveKitServer
  let at: Visit
  const unhandled: unknown[] = []
  const note = (reason: unknown) => unhandled.push(reason)
  beforeAll(async () => {
    process.on('unhandledRejection', note)
    media = await runServer()
    at = visit(media)
  })
  let acting: NodeJS.Timeout | undefined
  afterEach(() => {
    clearInterval(acting)
    expect(unhandled.splice(0)).toEqual([])
  })
  afterAll(async () => {
    process.off('unhandledRejection', note)
    await media?.stop()
  })

  /** A seat that does everything at once, and goes on doing it. */
  const busy = async () => {
    const before = listeners()
    const meeting = await seatAvatar(at)
    const { seat } = meeting
    const act = () => {
      seat.show(plain(Math.random() * 255))
      void seat.play(tone(200))
      seat.setManner(Math.random() > 0.5 ? 'speaking' : 'thinking')
      seat.say('Still here.')
      seat.caption({ segment: 's', text: 'Still', isFinal: false, speaker: 'avatar' })
      seat.caption({ segment: 't', text: 'Still', isFinal: false, speaker: { identity: 'somebody' } })
      seat.notify({ type: 'interrupted' })
      seat.answerLoan('somebody', { type: 'started' })
      if (Math.random() > 0.7) seat.hush()
    }
    acting = setInterval(act, 10)
    await expect.poll(() => seat.queuedMs()).toBeGreaterThan(0)
    return {
      ...meeting,
      /** Nothing is left, and nothing it is asked to do has an effect. */
      async expectOver() {
        // Those of an earlier room may have gone meanwhile.
        await expect.poll(listeners).toBeLessThanOrEqual(before)
        act()
        await seat.leave()
        expect([seat.people(), seat.queuedMs()]).toEqual([[], 0])
        expect(listeners()).toBeLessThanOrEqual(before)
      },
    }
  }

  test('is told when the room is deleted', async () => {
    const { room, told, expectOver } = await busy()
    await at.service.deleteRoom(room)
    expect(await told.wait('lost')).toEqual(['removed'])
    await expectOver()
  })

  test('is told when the avatar is put out', async () => {
    const { room, told, expectOver } = await busy()
    await at.service.removeParticipant(room, avatar)
    expect(await told.wait('lost')).toEqual(['removed'])
    await expectOver()
  })

  test('is told when somebody takes its identity', async () => {
    const { room, told, expectOver } = await busy()
    const other = await at.enter(room, avatar)
    expect(await told.wait('lost')).toEqual(['replaced'])
    await other.room.disconnect()
    await expectOver()
  })

  test('comes with leaving: it is out of the room, told nothing more, and may leave again', async () => {
    const { room, seat, told, expectOver } = await busy()
    await using viewer = await at.enter(room, 'viewer')
    await told.wait('joined')
    await Promise.all([seat.leave(), seat.leave()])
    await expect.poll(() => viewer.room.remoteParticipants.size).toBe(0)
    const before = told.all.length
    await viewer.me.sendText('Are you there?', { topic: 'lk.chat' })
    await viewer.room.disconnect()
    await expectOver()
    expect(told.all.slice(before)).toEqual([])
  })

  test('brings the last words out first', async () => {
    const { room, seat, told } = await seatAvatar(at)
    const said = Promise.withResolvers<unknown>()
    await using _viewer = await at.enter(room, 'viewer', (person) => {
      person.on('dataReceived', (data) => said.resolve(JSON.parse(new TextDecoder().decode(data))))
    })
    // Before, the server has no way to the viewer, and keeps nothing for it.
    await told.wait('joined')
    seat.notify({ type: 'failed', code: 'unavailable', message: 'Good-bye.' })
    await seat.leave()
    expect(await said.promise).toEqual({ type: 'error', code: 'unavailable', message: 'Good-bye.' })
  })

  test.skipIf(process.platform !== 'linux')(
    'leaves no thread behind, room after room that the server ends',
    async () => {
      const end = async () => {
        const left = listeners()
        const { room, told } = await seatAvatar(at)
        await at.service.deleteRoom(room)
        await told.wait('lost')
        // Those of an earlier room may have gone meanwhile.
        await expect.poll(listeners).toBeLessThanOrEqual(left)
      }
      await end()
      await end()
      const before = soundThreads()
      for (let each = 0; each < 4; each++) await end()
      await expect.poll(soundThreads).toBeLessThanOrEqual(before)
    },
  )

  test('lets the process end once its door is closed', async () => {
    const wish = JSON.stringify(await at.wish(await at.openRoom()))
    const script = `
      import { openRoomDoor } from ${JSON.stringify(new URL('./room-door.ts', import.meta.url).href)}
      const door = openRoomDoor()
      const nothing = new Proxy({}, { get: () => () => {} })
      const seat = await door.join(${wish}, nothing, new AbortController().signal)
      await seat.play({ samples: new Int16Array(2400), rate: 24000 })
      await door.close()
      await door.join(${wish}, nothing, new AbortController().signal).catch(({ code }) => console.log(code))
    `
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], { timeout: 30_000 })
    expect(stdout).toBe('unavailable\n')
  })

  test('is told when the server is gone and does not come back', { timeout: 90_000 }, async () => {
    const { seat, told, expectOver } = await busy()
    const other = await seatAvatar(at)
    await media.kill()
    const left = performance.now()
    await other.seat.leave()
    expect(performance.now() - left).toBeLessThan(6000)
    const reason = await told.wait('lost', undefined, 60_000)
    expect(reason).toEqual(['failed'])
    await expectOver()
    expect(other.told.all.filter(([name]) => name === 'lost')).toEqual([])
    await seat.leave()
  })
})
