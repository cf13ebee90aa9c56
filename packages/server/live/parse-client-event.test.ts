import { answerId } from '@parlor/conversation/turn'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseClientEvent } from './parse-client-event.ts'

const parse = (value: unknown) => parseClientEvent(JSON.stringify(value))
const kinds = new Set(['event', 'voice', 'unknown', 'malformed', 'too_long', 'garbage'])

describe('a frame', () => {
  it('never makes it throw, whatever it holds', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => kinds.has(parseClientEvent(text).kind)))
    fc.assert(fc.property(fc.json(), (text) => kinds.has(parseClientEvent(text).kind)))
    const type = fc.constantFrom(
      ...['hello', 'user.text', 'interrupt', 'user.activity', 'action', 'ack', 'ping', 'bye', 'playback'],
      ...['__proto__', 'constructor', 'toString'],
    )
    const fields = ['v', 'token', 'id', 'text', 'visitor', 'resume', 'session', 'response', 'seq', 't', 'kind', 'name']
    const values = fc.dictionary(fc.constantFrom(...fields), fc.jsonValue())
    fc.assert(
      fc.property(type, values, (type, rest) => {
        const parsed = parse({ ...rest, type })
        expect(kinds).toContain(parsed.kind)
        if (parsed.kind === 'event') expect(parsed.event.type).toBe(type)
      }),
      { numRuns: 500 },
    )
  })

  it.each(['', 'x', '1', 'null', '[]', '"hello"', '{}', '{"type":1}', '['.repeat(100_000)])(
    '%.20s is garbage',
    (text) => {
      expect(parseClientEvent(text).kind).toBe('garbage')
    },
  )

  it('of an unknown type is ignored, also of one that every object inherits', () => {
    for (const type of ['later', 'toString', '__proto__']) expect(parse({ type })).toEqual({ kind: 'unknown' })
  })

  it('of voice is known and named', () => {
    expect(parse({ type: 'user.audio.start', id: 'a' })).toEqual({ kind: 'voice', ref: 'a' })
    expect(parse({ type: 'playback' })).toEqual({ kind: 'voice' })
  })
})

describe('a ping', () => {
  it('carries a number that can be said back', () => {
    expect(parse({ type: 'ping', t: 1.5 })).toEqual({ kind: 'event', event: { type: 'ping', t: 1.5 } })
    expect(parseClientEvent('{"type":"ping","t":1e400}').kind).toBe('malformed')
  })
})

describe('hello', () => {
  const hello = { type: 'hello', v: 1, token: 't' }
  it('keeps what it needs and leaves the rest out', () => {
    const full = {
      ...hello,
      session: 's',
      visitor: { id: 'v', resume_key: 'k' },
      resume: { last_seq: 0 },
      locale: 'de-AT',
    }
    expect(parse({ ...full, extra: true, caps: { audio_in: true } })).toEqual({ kind: 'event', event: full })
  })
  it.each([
    [{ v: 2 }],
    [{ token: undefined }],
    [{ token: 7 }],
    [{ session: 7 }],
    [{ visitor: 'v' }],
    [{ visitor: { id: 'v' } }],
    [{ visitor: null }],
    [{ resume: { last_seq: -1 } }],
    [{ resume: { last_seq: 1.5 } }],
    [{ resume: null }],
    [{ locale: 'x'.repeat(200) }],
  ])('with %j is malformed', (change) => {
    expect(parse({ ...hello, ...change }).kind).toBe('malformed')
  })
})

describe('a message', () => {
  const message = { type: 'user.text', id: 'm1' }
  it('is measured in bytes', () => {
    expect(parse({ ...message, text: 'x'.repeat(4096) }).kind).toBe('event')
    expect(parse({ ...message, text: 'ü'.repeat(2049) })).toEqual({ kind: 'too_long', ref: 'm1' })
  })
  it('must hold something and have an id that can be stored', () => {
    expect(parse({ ...message, text: ' \n' })).toMatchObject({ kind: 'malformed', ref: 'm1' })
    expect(parse({ ...message, id: '', text: 'x' })).toMatchObject({ kind: 'malformed' })
    expect(parse({ ...message, id: 'a\u0000b', text: 'x' })).toMatchObject({ kind: 'malformed' })
    expect(parse({ ...message, id: '\ud800', text: 'x' })).toMatchObject({ kind: 'malformed' })
    expect(parse({ ...message, id: answerId(1), text: 'x' })).toMatchObject({ kind: 'malformed' })
  })
  it('loses half characters, which no store could keep', () => {
    expect(parse({ ...message, text: 'a\ud800b' })).toMatchObject({ event: { text: 'a\ufffdb' } })
  })
})
