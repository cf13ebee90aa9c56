import type { Append } from '@parlor/conversation/transcript'
import { expect } from 'vitest'
import { type ContractCase, describeCases, type OpenStores } from './contract-case.ts'
import { brokenTexts, hostileTexts } from './samples.ts'
import { transcriptModelCases } from './transcript-model.ts'

type Message = NonNullable<Append['messages']>[number]

const said = (id: string, role: Message['role'] = 'visitor', text = id): Message => ({ id, role, text, at: '' })
const told = (text: string) => ({ type: 'told', text })
const fresh = { lastSeq: 0, lastResponse: 0, conversation: 1, messages: 0, sessionMessages: 0, sessionTokens: 0 }

const logCases: readonly ContractCase[] = [
  {
    name: 'events are numbered from 1 without gaps and read back after any number, as soon as they are acknowledged',
    run: async ({ stores: { transcripts } }) => {
      expect(await transcripts.readTail('s', 'v')).toEqual(fresh)
      expect(await transcripts.listEvents('v', 0)).toEqual([])
      const first = await transcripts.append('s', 'v', 7, () => ({ events: [told('a'), told("b'")] }))
      const stored = [
        { seq: 1, at: 7, body: told('a') },
        { seq: 2, at: 7, body: told("b'") },
        { seq: 3, at: 8, body: told('c') },
      ]
      expect(first).toEqual({ events: stored.slice(0, 2), tail: { ...fresh, lastSeq: 2 } })
      const second = await transcripts.append('s', 'v', 8, () => ({ events: [told('c')], beginsResponse: true }))
      expect(second).toEqual({ events: stored.slice(2), tail: { ...fresh, lastSeq: 3, lastResponse: 1 } })
      expect(await transcripts.readTail('s', 'v')).toEqual(second?.tail)
      expect(await transcripts.listEvents('v', 0)).toEqual(stored)
      expect(await transcripts.listEvents('v', 2)).toEqual(stored.slice(2))
      expect(await transcripts.listEvents('v', 9)).toEqual([])
    },
  },
  {
    name: 'a decision for nothing writes nothing, and an error of it is passed on and undoes only its own append',
    run: async ({ stores: { transcripts } }) => {
      const error = new Error('no')
      const settled = await Promise.allSettled([
        transcripts.append('s', 'v', 1, () => ({ events: [told('a')] })),
        transcripts.append('s', 'v', 1, () => null),
        transcripts.append('s', 'v', 1, () => {
          throw error
        }),
        transcripts.append('s', 'v', 1, () => ({ events: [told('b')] })),
      ])
      expect(settled[1]).toEqual({ status: 'fulfilled', value: null })
      expect(settled[2]).toEqual({ status: 'rejected', reason: error })
      expect((await transcripts.listEvents('v', 0))?.map(({ seq, body }) => [seq, body.text])).toEqual([
        [1, 'a'],
        [2, 'b'],
      ])
      await transcripts.append('s', 'unheard', 1, () => null)
      expect(await transcripts.readTail('s', 'unheard')).toEqual({ ...fresh })
    },
  },
  {
    name: 'each decision sees what the one before it wrote',
    run: async ({ stores: { transcripts } }) => {
      const appended = await Promise.all(
        Array.from({ length: 20 }, () =>
          transcripts.append('s', 'v', 1, (tail, has) =>
            has(`m${tail.lastSeq}`) ? null : { events: [told('x')], messages: [said(`m${tail.lastSeq + 1}`)] },
          ),
        ),
      )
      expect(appended.filter((one) => one !== null)).toHaveLength(1)
      expect(await transcripts.readTail('s', 'v')).toMatchObject({ lastSeq: 1, messages: 1, sessionMessages: 1 })
    },
  },
  {
    name: 'forgotten events are said to be gone, and messages stay',
    run: async ({ stores: { transcripts } }) => {
      const events = ['a', 'b', 'c', 'd'].map(told)
      await transcripts.append('s', 'v', 1, () => ({ events, messages: [said('m')] }))
      await transcripts.append('s', 'w', 1, () => ({ events }))
      await transcripts.pruneEvents('v', 2)
      await transcripts.pruneEvents('unknown', 2)
      expect(await transcripts.listEvents('v', 1)).toBeNull()
      expect((await transcripts.listEvents('v', 2))?.map(({ seq }) => seq)).toEqual([3, 4])
      await transcripts.pruneEvents('v', 1)
      expect(await transcripts.listEvents('v', 1)).toBeNull()
      expect(await transcripts.listEvents('v', 2)).toHaveLength(2)
      await transcripts.pruneEvents('v', 99)
      expect(await transcripts.listEvents('v', 4)).toEqual([])
      const next = await transcripts.append('s', 'v', 2, () => ({ events: [told('e')] }))
      expect(next?.events.map(({ seq }) => seq)).toEqual([5])
      expect(await transcripts.listEvents('v', 4)).toHaveLength(1)
      expect(await transcripts.listMessages('v')).toEqual([said('m')])
      expect(await transcripts.listEvents('w', 0)).toHaveLength(4)
    },
  },
]

const messageCases: readonly ContractCase[] = [
  {
    name: 'a message with a known id replaces the one there is, in its place and without being counted again',
    run: async ({ stores: { transcripts } }) => {
      const messages = [said('q'), said('a', 'agent', 'half'), said('q2')]
      await transcripts.append('s', 'v', 1, () => ({ events: [], messages }))
      const whole = { ...said('a', 'agent', 'whole'), response: 1, citations: [] }
      const after = await transcripts.append('s', 'v', 2, (_, has) => {
        expect([has('a'), has('unknown'), has("'")]).toEqual([true, false, false])
        return { events: [], messages: [whole] }
      })
      expect(after?.tail).toMatchObject({ messages: 3, sessionMessages: 2 })
      expect(await transcripts.listMessages('v')).toEqual([said('q'), whole, said('q2')])
    },
  },
  {
    name: 'a reset begins the next conversation, and only that one is listed',
    run: async ({ stores: { transcripts } }) => {
      await transcripts.append('s', 'v', 1, () => ({ events: [], messages: [said('q'), said('a', 'agent')] }))
      const reset = await transcripts.append('s', 'v', 2, () => ({
        events: [told('reset')],
        messages: [said('q2')],
        resets: true,
      }))
      expect(reset?.tail).toEqual({ ...fresh, lastSeq: 1, conversation: 2, messages: 1, sessionMessages: 2 })
      expect(await transcripts.listMessages('v')).toEqual([said('q2')])
      await transcripts.append('s', 'v', 3, (_, has) => {
        expect(has('q')).toBe(true)
        return null
      })
    },
  },
  {
    name: "nothing of another visitor's log is ever read, and only the session's count is shared",
    run: async ({ stores: { transcripts } }) => {
      await transcripts.append('s', 'ann', 1, () => ({
        events: [told('for ann')],
        messages: [said('m', 'visitor', 'ann'), said('n', 'agent')],
        beginsResponse: true,
      }))
      const bob = await transcripts.append('s', 'bob', 1, (tail, has) => {
        expect(tail).toEqual({ ...fresh, sessionMessages: 1 })
        expect(has('m')).toBe(false)
        return { events: [told('for bob')], messages: [said('m', 'visitor', 'bob')] }
      })
      expect(bob?.tail).toEqual({ ...fresh, lastSeq: 1, messages: 1, sessionMessages: 2 })
      expect(await transcripts.listMessages('ann')).toEqual([said('m', 'visitor', 'ann'), said('n', 'agent')])
      expect(await transcripts.listMessages('bob')).toEqual([said('m', 'visitor', 'bob')])
      expect(await transcripts.listEvents('bob', 0)).toEqual([{ seq: 1, at: 1, body: told('for bob') }])
      expect(await transcripts.readTail('s', 'ann')).toMatchObject({ lastSeq: 1, messages: 2, sessionMessages: 2 })
      expect(await transcripts.readTail('other', 'cleo')).toEqual(fresh)
    },
  },
  {
    name: "a visitor's log stays in its session",
    run: async ({ stores: { transcripts } }) => {
      await transcripts.append('s', 'v', 1, () => ({ events: [told('a')] }))
      const elsewhere = transcripts.append('other', 'v', 1, () => ({ events: [told('b')] }))
      await expect(elsewhere).rejects.toMatchObject({ code: 'invalid_visitor' })
      await expect(transcripts.readTail('other', 'v')).rejects.toMatchObject({ code: 'invalid_visitor' })
      expect(await transcripts.listEvents('v', 0)).toHaveLength(1)
    },
  },
  {
    name: 'hostile text is kept to the letter, in ids too, and broken text does no harm',
    run: async ({ stores: { transcripts } }) => {
      const messages = hostileTexts.map((text) => said(text))
      await transcripts.append('s', 'v', 1, () => ({ events: hostileTexts.map(told), messages }))
      expect(await transcripts.listMessages('v')).toEqual(messages)
      expect((await transcripts.listEvents('v', 0))?.map(({ body }) => body)).toEqual(hostileTexts.map(told))
      for (const text of [...hostileTexts, ...brokenTexts]) {
        expect(await transcripts.listMessages(text)).toEqual([])
        await transcripts.append(`s${text}`, `w${text}`, 1, () => ({ events: [told(text)], messages: [said(text)] }))
        expect(await transcripts.listMessages(`w${text}`)).toHaveLength(1)
      }
      expect(await transcripts.listMessages('v')).toEqual(messages)
    },
  },
]

export const transcriptStoreCases: readonly ContractCase[] = [...logCases, ...messageCases, ...transcriptModelCases]

export function describeTranscriptStore(open: OpenStores): void {
  describeCases('TranscriptStore', transcriptStoreCases, open)
}
