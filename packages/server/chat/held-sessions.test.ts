import type { Session } from '@parlor/core/session'
import { describe, expect, it } from 'vitest'
import { type Held, holdSessions } from './held-sessions.ts'

// The rest of a session is of no matter here.
const session = { id: 's', expiresAt: Number.MAX_SAFE_INTEGER } as Session
const thing = (end: Held['end'] = () => {}): Held => ({ end, cut: () => {} })

describe('an ending', () => {
  it('is over when everything that is held has ended', async () => {
    const sessions = holdSessions()
    const slow = Promise.withResolvers<void>()
    let isOver = false
    sessions.hold(
      session,
      thing(() => slow.promise),
    )
    const ending = sessions.fanOut.sessionEnded({ id: 's', reason: 'revoked' }).then(() => {
      isOver = true
    })
    await new Promise((resolve) => setImmediate(resolve))
    expect(isOver).toBe(false)
    slow.resolve()
    await ending
  })

  it('reaches nothing that was let go, and nothing of another session', async () => {
    const sessions = holdSessions()
    const ended: string[] = []
    sessions.hold(
      { ...session, id: 'other' },
      thing(() => void ended.push('other')),
    )
    sessions.hold(
      session,
      thing(() => void ended.push('let go')),
    )()
    sessions.hold(
      session,
      thing(() => void ended.push('held')),
    )
    await sessions.fanOut.sessionEnded({ id: 's', reason: 'revoked' })
    expect(ended).toEqual(['held'])
  })

  it('is remembered for what was let in before and comes after', async () => {
    const sessions = holdSessions()
    await sessions.fanOut.sessionEnded({ id: 's', reason: 'limit' })
    expect(() => sessions.hold(session, thing())).toThrow(
      expect.objectContaining({ code: 'session_ended', facts: { reason: 'limit' } }),
    )
  })
})

describe('what one session may hold', () => {
  it('has an end', () => {
    const sessions = holdSessions()
    for (let i = 0; i < 256; i++) sessions.hold(session, thing())
    expect(() => sessions.hold(session, thing())).toThrow(expect.objectContaining({ code: 'rate_limited' }))
    expect(() => sessions.hold({ ...session, id: 'other' }, thing())).not.toThrow()
  })
})

describe('a session’s time', () => {
  it('is watched as long as something is held', async () => {
    const sessions = holdSessions()
    const now = Date.now()
    const expired = new Promise<string>((resolve) => {
      sessions.onExpiry(({ id }) => resolve(id), Date.now)
    })
    sessions.hold({ ...session, id: 'let go', expiresAt: now + 20 }, thing())()
    sessions.hold({ ...session, expiresAt: now + 40 }, thing())
    expect(await expired).toBe('s')
    expect(Date.now()).toBeGreaterThanOrEqual(now + 40)
  })
})
