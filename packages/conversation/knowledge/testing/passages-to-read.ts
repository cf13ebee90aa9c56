import type { Clock } from '@parlor/core/time'
import type { PassageReaderPorts } from '../read-passages.ts'

/** Passages that are claimed and read as in a store, a model that does as it is told, and waits that end when told to. */
export function openPassages(clock: Clock, count: number) {
  const unread = new Map<string, number>()
  const kept = new Map<string, Float32Array>()
  const claims: object[] = []
  const asked: string[][] = []
  const logged: [level: string, message: string, fields: object][] = []
  const called = Promise.withResolvers<AbortSignal>()
  const model = { fails: false, refuses: '', hangs: false, fault: new Error('no answer'), asked: called.promise }
  const store = { fails: false }
  const waits = openWaits()
  let afterClaim = () => {}
  let made = 0
  const add = (more: number) => {
    for (const end = made + more; made < end; made += 1) unread.set(String(made), 0)
  }
  add(count)
  const ports: PassageReaderPorts = {
    clock,
    timers: waits,
    log: {
      info: (fields, message) => logged.push(['info', message, fields]),
      warn: (fields, message) => logged.push(['warn', message, fields]),
    },
    vectors: {
      async claimUnread(name, { limit, now, until }) {
        claims.push({ model: name, limit, now, until })
        const free = [...unread].filter(([, taken]) => taken <= now).slice(0, limit)
        for (const [id] of free) unread.set(id, until)
        afterClaim()
        return free.map(([id]) => ({ id, title: `Title ${id}`, headings: ['Heading'], text: `text ${id}` }))
      },
      async putVectors(_name, vectors) {
        if (store.fails) throw new Error('the store is gone')
        for (const { id, vector } of vectors) {
          kept.set(id, vector)
          unread.delete(id)
        }
      },
    },
    model: {
      name: 'm@h',
      async embed(texts, signal) {
        asked.push([...texts])
        called.resolve(signal)
        if (model.hangs) await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
        const isRefused = model.refuses !== '' && texts.some((text) => text.endsWith(model.refuses))
        if (model.fails || isRefused) throw model.fault
        return texts.map(({ length }) => Float32Array.of(length - 5, 1))
      },
    },
  }
  const whenClaimed = (act: () => void) => {
    afterClaim = act
  }
  const takeAway = (id: string) => unread.delete(id)
  return { ports, add, takeAway, asked, claims, kept, logged, model, store, waits, whenClaimed }
}

function openWaits() {
  let begun = Promise.withResolvers<number>()
  let end = () => {}
  let off = 0
  return {
    after(delayMs: number, work: () => void) {
      let isOver = false
      end = () => {
        isOver = true
        work()
      }
      begun.resolve(delayMs)
      return () => {
        if (!isOver) off += 1
      }
    },
    /** The next wait, in ms, once it has begun. */
    async next() {
      const ms = await begun.promise
      begun = Promise.withResolvers<number>()
      return ms
    },
    end: () => end(),
    calledOff: () => off,
  }
}
