import { EventEmitter } from 'node:events'
import type { Room } from 'livekit-client'
import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest'
import { createMeetingTimers, type MeetingRoom, type MeetingTimersOptions } from './meeting-timers.ts'

/** A room whose comings and goings the test decides. */
class FakeRoom extends EventEmitter {
  readonly remoteParticipants = new Map<string, { identity: string }>()
  disconnects = 0

  disconnect(): void {
    this.disconnects += 1
  }

  enter(identity: string): void {
    this.remoteParticipants.set(identity, { identity })
    this.emit('participantConnected', { identity })
  }

  leave(identity: string): void {
    this.remoteParticipants.delete(identity)
    this.emit('participantDisconnected', { identity })
  }
}

const now = new Date('2026-03-01T12:00:00Z')

describe('the timers of a meeting', () => {
  let room: FakeRoom
  let stopped: string[]
  let ends: unknown[]
  let remaining: number[]
  const session = { id: 'session-1', startedAt: now, avatar: { identity: 'mira' } }
  const watch = (more: Partial<MeetingTimersOptions> = {}) =>
    createMeetingTimers({
      session,
      room,
      stop: async (id) => stopped.push(id),
      onRemaining: (seconds) => remaining.push(seconds),
      onEnd: (why, error) => ends.push(error === undefined ? why : [why, error]),
      ...more,
    })

  beforeEach(() => {
    vi.useFakeTimers({ now })
    room = new FakeRoom()
    stopped = []
    ends = []
    remaining = []
  })
  afterEach(() => void vi.useRealTimers())

  it('take a Room of livekit-client', () => {
    expectTypeOf<Room>().toExtend<MeetingRoom>()
  })

  it('hang up when no avatar has joined 20 seconds after opening (Q23)', async () => {
    watch()
    room.enter('somebody-else')
    await vi.advanceTimersByTimeAsync(19_999)
    expect(stopped).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect([stopped, ends, room.disconnects]).toEqual([['session-1'], ['avatar_missing'], 1])
  })

  it('leave an avatar alone that is there already, or joins in time', async () => {
    room.enter('mira')
    watch()
    await vi.advanceTimersByTimeAsync(60_000)
    room = new FakeRoom()
    watch()
    await vi.advanceTimersByTimeAsync(19_000)
    room.enter('mira')
    await vi.advanceTimersByTimeAsync(60_000)
    expect([stopped, ends]).toEqual([[], []])
  })

  it('hang up 3 seconds after the avatar left, unless it is back (Q23)', async () => {
    room.enter('mira')
    watch()
    room.leave('mira')
    await vi.advanceTimersByTimeAsync(2_900)
    room.enter('mira')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(stopped).toEqual([])
    room.leave('mira')
    await vi.advanceTimersByTimeAsync(2_999)
    expect(stopped).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect([stopped, ends]).toEqual([['session-1'], ['avatar_left']])
  })

  it('count down from maxDuration since startedAt and hang up at 0 (Q23)', async () => {
    room.enter('mira')
    const startedAt = new Date(now.getTime() - 57_000).toISOString()
    const timers = watch({ session: { ...session, startedAt, maxDuration: 60 } })
    expect(timers.remaining()).toBe(3)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(remaining).toEqual([3, 2, 1, 0])
    expect([stopped, ends, timers.remaining()]).toEqual([['session-1'], ['time_up'], 0])
    await vi.advanceTimersByTimeAsync(60_000)
    expect([stopped.length, remaining.length]).toEqual([1, 4])
  })

  it('try to stop three times, and leave the room and tell of it all the same', async () => {
    const lost = new Error('lost')
    let tries = 0
    const stop = async () => {
      tries += 1
      throw lost
    }
    await watch({ stop }).hangUp()
    expect([tries, ends, room.disconnects]).toEqual([3, [['hung_up', lost]], 1])
  })

  it('hang up once, whoever asks, and a second try that succeeds is the last', async () => {
    let tries = 0
    const stop = async () => {
      tries += 1
      if (tries === 1) throw new Error('once')
    }
    const timers = watch({ stop })
    await Promise.all([timers.hangUp(), timers.hangUp()])
    await vi.advanceTimersByTimeAsync(60_000)
    expect([tries, ends]).toEqual([2, ['hung_up']])
  })

  it('end with the room, and listen no more', async () => {
    room.enter('mira')
    watch()
    room.emit('disconnected')
    room.emit('disconnected')
    await vi.advanceTimersByTimeAsync(60_000)
    expect([stopped, ends]).toEqual([[], ['disconnected']])
    expect(room.eventNames()).toEqual([])
  })

  it('watch nothing any more once closed; the session goes on', async () => {
    watch({ session: { ...session, maxDuration: 5 } }).close()
    await vi.advanceTimersByTimeAsync(60_000)
    expect([stopped, ends, room.disconnects, room.eventNames()]).toEqual([[], [], 0, []])
  })
})
