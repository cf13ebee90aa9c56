import { beforeEach, expect, it } from 'vitest'
import { judgeLine, type LineOracle, type VisitorRecords } from './visitor-record.ts'

let faults: string[]
let records: VisitorRecords
let line: LineOracle
const at = '2026-01-01T00:00:00Z'
const message = (seq: number, id: string, text = 'x') =>
  line.hear({ type: 'user.message', seq, id, text, source: 'text', final: true, at })
const say = (gap: boolean) => {
  const facts = { session: 's', conn: 'c', features: {}, agent: {}, avatar: {}, audio_only: false, heartbeat_ms: 1 }
  const visitor = { id: 'v', resume_key: 'k' }
  line.hear({ type: 'ready', ...facts, visitor, expires_at: at, now: at, resume: { ok: !gap, gap } })
}
const begin = () => {
  line = judgeLine(records, (what) => faults.push(what))
}
beforeEach(() => {
  faults = []
  records = new Map()
  begin()
})

it('the judge of a line lets whole numbers pass, and finds a gap, a repetition and another event under a number', () => {
  say(true)
  line.hear({ type: 'snapshot', seq: 3, messages: [] })
  message(4, 'a')
  message(5, 'b')
  expect(faults).toEqual([])
  message(7, 'c')
  expect(faults.splice(0)).toEqual(['user.message has the number 7 after 5'])
  message(7, 'c')
  expect(faults.splice(0)).toEqual(['user.message has the number 7 after 7'])
  begin()
  line.claim(4)
  say(false)
  message(5, 'other')
  expect(faults.splice(0)).toEqual(['the number 5 was "user.message b x" and is "user.message other x" now'])
  begin()
  line.claim(4)
  say(false)
  message(6, 'd')
  expect(faults).toEqual(['user.message has the number 6 after 4'])
})

it('the judge of a line finds what came before ready, what has another shape, and a fault of ours', () => {
  line.hear({ type: 'state', agent: 'idle' })
  line.hear({ type: 'pong', t: null })
  line.hear({ type: 'later' })
  line.hear({ type: 'error', code: 'internal', message: 'x', retryable: true })
  expect(faults).toEqual([
    'state came before ready',
    'pong with t null',
    'an unknown event {"type":"later"}',
    expect.stringContaining('an error of ours'),
  ])
})
