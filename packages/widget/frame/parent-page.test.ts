import { expect, test } from 'vitest'
import { meetParent } from './parent-page.ts'
import { parseKept } from './parse-kept.ts'

/** A window as far as the meeting needs one. */
function fakeFrame() {
  const listeners = new Set<(event: unknown) => void>()
  const posted: { message: unknown; target: string }[] = []
  const parent = { postMessage: (message: unknown, target: string) => posted.push({ message, target }) }
  const frame = {
    parent,
    addEventListener: (_: string, hear: (event: unknown) => void) => listeners.add(hear),
    removeEventListener: (_: string, hear: (event: unknown) => void) => listeners.delete(hear),
  }
  const arrive = (data: unknown, source: unknown = parent, origin = 'https://shop.example') => {
    for (const hear of [...listeners]) hear({ data, source, origin })
  }
  return { frame: frame as unknown as Window, posted, arrive }
}
const start = { type: 'parlor.start', token: 't', can_keep: true }
const keep = { type: 'parlor.keep', kept: { visitor: { id: 'v', resume_key: 'k' }, last_seq: 1 } } as const

test('takes the first start of its parent, and of nobody else', async () => {
  const { frame, arrive } = fakeFrame()
  const meeting = meetParent(frame)
  arrive({ ...start, token: 'stranger' }, {})
  arrive({ type: 'parlor.start' })
  arrive(null)
  arrive('parlor.start')
  arrive(start)
  arrive({ ...start, token: 'second' })
  expect((await meeting).start.token).toBe('t')
})

test('tells everything but that it listens to the origin that started it', async () => {
  const { frame, arrive, posted } = fakeFrame()
  const meeting = meetParent(frame)
  arrive(start)
  ;(await meeting).tell(keep)
  expect(posted).toEqual([
    { message: { type: 'parlor.listening' }, target: '*' },
    { message: keep, target: 'https://shop.example' },
  ])
})

test('gives no resume key to a page without an origin', async () => {
  const { frame, arrive, posted } = fakeFrame()
  const meeting = meetParent(frame)
  arrive(start, frame.parent, 'null')
  const page = await meeting
  page.tell(keep)
  page.tell({ type: 'parlor.close' })
  expect(posted.slice(1)).toEqual([{ message: { type: 'parlor.close' }, target: '*' }])
})

test('takes a theme only from the page that started it', async () => {
  const { frame, arrive } = fakeFrame()
  const meeting = meetParent(frame)
  arrive(start)
  const taken: unknown[] = []
  ;(await meeting).onTheme((message) => taken.push(message))
  arrive({ type: 'parlor.theme', theme: {} }, {})
  arrive({ type: 'parlor.theme', theme: {} }, frame.parent, 'https://other.example')
  expect(taken).toEqual([])
  arrive({ type: 'parlor.theme', theme: {} })
  expect(taken).toHaveLength(1)
})

test('what was kept is checked', () => {
  expect(parseKept(keep.kept)).toEqual(keep.kept)
  for (const odd of [
    null,
    undefined,
    7,
    {},
    { visitor: null },
    { visitor: { id: 'v' } },
    { visitor: { id: 1, resume_key: 'k' } },
  ]) {
    expect(parseKept(odd)).toBeNull()
  }
})
