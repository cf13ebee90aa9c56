import type { BrainContext, BrainPart } from '@parlor/conversation/brain'
import type { FoundPassage, Retrieval, Retriever } from '@parlor/conversation/knowledge'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { extractiveBrain } from './extractive-brain.ts'

const document = {
  id: 'doc',
  knowledgeBaseId: 'base',
  name: 'guides/refunds.md',
  title: 'Refunds',
  url: 'https://shop.example/refunds',
  mediaType: 'text/markdown',
  bytes: 1,
  hash: '',
  createdAt: 1,
  updatedAt: 1,
}

function passage(text: string, more: Partial<FoundPassage> = {}): FoundPassage {
  const chunk = { position: 0, headings: ['Refunds', 'How long'], anchor: 'how-long', text, keywords: '' }
  return { document, chunk, score: 1, rank: 10, coverage: 1, ...more }
}

function finding(passages: FoundPassage[], words = ['day'], confidence = 1): Retriever {
  const terms = words.map((word) => ({
    folded: word,
    stem: word,
    isIdentifier: false,
    kind: 'word' as const,
    weight: 1,
    rarity: 1,
    variants: [{ folded: word, stem: word, weight: 1 }],
  }))
  const answerability = { fit: 1, exact: 1, inDocument: 1, unknown: 0, confidence }
  const found: Retrieval = { passages, terms, answerability }
  return { search: async () => found }
}

const context: BrainContext = {
  instructions: '',
  agentName: 'Ada',
  greeting: null,
  locale: 'en',
  history: [],
  question: 'How many days?',
  knowledgeBase: { id: 'base', name: 'the handbook' },
  model: 'extractive',
}

async function ask(retriever: Retriever, change: Partial<BrainContext> = {}) {
  const parts: BrainPart[] = []
  for await (const part of extractiveBrain({ retriever }).reply(
    { ...context, ...change },
    new AbortController().signal,
  ))
    parts.push(part)
  const text = parts.map((part) => (part.type === 'text' ? part.text : '')).join('')
  const citations = parts.flatMap((part) => (part.type === 'citation' ? [part.citation] : []))
  return { parts, text, citations, done: parts.at(-1) }
}

const days = 'Write to us. You may return *anything* within thirty days of **delivery**. Bags are blue.'

describe('an answer', () => {
  test('is a sentence in quotation marks with the number of its source', async () => {
    const { text, citations, done } = await ask(finding([passage(days)]))
    expect(text).toBe('According to Refunds:\n\n“You may return anything within thirty days of delivery.” [1]')
    expect(citations).toEqual([
      {
        n: 1,
        title: 'Refunds',
        heading: 'Refunds › How long',
        source: 'guides/refunds.md',
        url: 'https://shop.example/refunds#how-long',
        passage: days,
      },
    ])
    expect(done).toEqual({ type: 'done', answerMode: 'quotation', grounded: true })
  })

  test('names a source before the text that uses it, and comes in pieces', async () => {
    const other = { document: { ...document, id: 'other', title: 'Terms', name: 'terms.md', url: null } }
    const { parts, text, citations } = await ask(
      finding([passage(days), passage('Some thirty days are short in February.', other)]),
    )
    expect(text).toContain('“Some thirty days are short in February.” [2]')
    expect(citations[1]).not.toHaveProperty('url')
    for (const { n } of citations) {
      const named = parts.findIndex((part) => part.type === 'citation' && part.citation.n === n)
      const used = parts.findIndex((part) => part.type === 'text' && part.text.includes(`[${n}]`))
      expect(named).toBeLessThan(used)
    }
    expect(parts.filter((part) => part.type === 'text').length).toBeGreaterThan(4)
  })

  test('never runs two sources into one sentence', async () => {
    const other = { document: { ...document, id: 'other' } }
    const { text } = await ask(
      finding([passage('It takes thirty days in the shop.'), passage('It takes ten days on the phone.', other)]),
    )
    for (const line of text.split('\n\n').slice(1)) expect(line).toMatch(/^“[^”]+” \[\d\]$/)
  })

  test('quotes code whole and as code, whatever marks are in it', async () => {
    const code = '````js\nconst days = `30`\n```\nreturn days\n````'
    const { text } = await ask(finding([passage(`Set the days:\n\n${code}`)]))
    expect(text).toContain(`“Set the days:” [1]\n\n${code}\n[1]`)
  })

  test('quotes nothing that holds what looks like the number of a source', async () => {
    const { text } = await ask(
      finding([passage('It is thirty days [1] they say. Some days more are given on request.')]),
    )
    expect(text.match(/\[\d\]/g)).toEqual(['[1]'])
    expect(text).toContain('“Some days more are given on request.” [1]')
  })

  test('keeps code in a sentence marked as code, so that nothing in it is taken for a mark', async () => {
    const { text } = await ask(finding([passage('Thirty days after `__init__` the **day** is over.')]))
    expect(text).toContain('“Thirty days after `__init__` the day is over.” [1]')
  })

  test('quotes the sentence that has the form of what is asked for', async () => {
    const two = passage('Days are counted by the shop for you. Days are counted up to 30 for you.')
    const amount = await ask(finding([two]), { question: 'How many days?' })
    expect(amount.text).toMatch(/^According to Refunds:\n\n“Days are counted up to 30 for you.”/)
    const meaning = passage('Take care of each day of the week. A day is what lies between two nights.')
    expect((await ask(finding([meaning]), { question: 'What is a day?' })).text).toMatch(
      /^According to Refunds:\n\n“A day is what lies/,
    )
  })

  test('quotes a default by its number where the heading names what is asked', async () => {
    const chunk = {
      ...passage('').chunk,
      headings: ['days'],
      text: 'Every day is counted as one of the days.\n\n- Default: `30`',
    }
    const { text } = await ask(finding([passage('', { chunk })]), { question: 'What is the default of days?' })
    expect(text).toMatch(/^According to Refunds:\n\n“Default: `30`”/)
  })

  test('begins with no mark of a list', async () => {
    const { text } = await ask(finding([passage('\\- Within thirty days you may return anything.')]))
    expect(text).toContain('\n“Within thirty days you may return anything.”')
  })

  test('takes a text between two fences for no code, nor code that lost its fence for a sentence', async () => {
    const cut = 'reply.days(30); send({ day: 1 });\n```\n\nWithin a day it is there.\n\n```js\nday()\n```'
    const { text } = await ask(finding([passage(cut)]))
    expect(text).not.toContain('send(')
    expect(text).not.toMatch(/```\n[^`]*Within a day/)
  })

  test('names what else comes near, each with its number, below the quotations', async () => {
    const other = { ...document, id: 'other', name: 'bags.md', title: 'Bags' }
    const near = passage('Nothing that was asked.', { rank: 8, document: other })
    const { text, citations } = await ask(finding([passage(days), near]))
    expect(text).toBe(
      'According to Refunds:\n\n“You may return anything within thirty days of delivery.” [1]\n\nSee also: Bags [2].',
    )
    expect(citations.map(({ n, source }) => [n, source])).toEqual([
      [1, 'guides/refunds.md'],
      [2, 'bags.md'],
    ])
  })

  test('leaves a passage out that is far behind or says nothing of the question', async () => {
    const far = passage('There are three hundred days in it.', { rank: 4 })
    const stray = passage('Bags come in blue and in grey.', {
      rank: 9,
      chunk: { ...passage('').chunk, headings: [], text: 'Bags come in blue and in grey.' },
    })
    expect((await ask(finding([passage(days), far, stray]))).citations).toHaveLength(1)
  })

  test('speaks the language of the visitor around the quotation', async () => {
    expect((await ask(finding([passage(days)]), { locale: 'de-AT' })).text).toMatch(/^Aus Refunds:\n\n„You may/)
    expect((await ask(finding([passage(days)]), { locale: 'tlh' })).text).toMatch(/^According to/)
  })
})

describe('when there is nothing to quote', () => {
  test('it says so and names the nearest documents', async () => {
    const { text, citations, done } = await ask(finding([passage(days)], ['day'], 0.2))
    expect(text).toBe('I could not find that in the handbook. The nearest I have is in: Refunds.')
    expect(citations).toEqual([])
    expect(done).toEqual({ type: 'done', answerMode: 'not_found', grounded: false })
  })

  test('an empty base is an honest answer, too', async () => {
    expect((await ask(finding([], [], 0))).text).toBe('I could not find that in the handbook.')
  })

  test('a passage of nothing but marks is not quoted', async () => {
    expect((await ask(finding([passage('---\n\n| |\n|-|\n')]))).done).toMatchObject({ answerMode: 'not_found' })
  })

  test('without a knowledge base it says what is missing and does not search', async () => {
    const never: Retriever = { search: () => Promise.reject(new Error('searched')) }
    const { text, done } = await ask(never, { knowledgeBase: null })
    expect(text).toMatch(/^Ada has no documents/)
    expect(done).toEqual({ type: 'done', answerMode: 'notice', grounded: false })
  })
})

test('what was asked before is handed to the search, small talk aside', async () => {
  const seen: unknown[] = []
  const retriever: Retriever = {
    search: async (_base, question, signal, within) => {
      seen.push([question, within])
      return finding([]).search('', '', signal)
    },
  }
  const said = (role: 'visitor' | 'agent', text: string) => ({ id: text, role, text, at: '' })
  const history = [said('visitor', 'What is trust?'), said('agent', 'According to…'), said('visitor', 'thanks')]
  await ask(retriever, { question: 'and how long?', history: history as BrainContext['history'] })
  await ask(retriever, { question: 'and how long?' })
  expect(seen).toEqual([
    ['and how long?', { before: 'What is trust?' }],
    ['and how long?', { before: null }],
  ])
})

test('small talk is answered without a search, with or without documents', async () => {
  const never: Retriever = { search: () => Promise.reject(new Error('searched')) }
  expect(await ask(never, { question: 'Hello!' })).toMatchObject({
    text: expect.stringContaining('the handbook'),
    done: { answerMode: 'small_talk', grounded: false },
  })
  expect((await ask(never, { question: 'Bonjour', locale: null })).text).toMatch(/^Bonjour/)
  expect((await ask(never, { question: 'merci', locale: 'en', knowledgeBase: null })).text).toBe('You are welcome.')
})

describe('an abort', () => {
  test('ends a reply that waits for the search', async () => {
    const controller = new AbortController()
    const waits: Retriever = {
      search: (_base, _question, signal) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    }
    const reply = extractiveBrain({ retriever: waits }).reply(context, controller.signal)[Symbol.asyncIterator]()
    const next = reply.next()
    controller.abort()
    expect(await next).toEqual({ done: true, value: undefined })
  })

  test('ends a reply between two pieces', async () => {
    const controller = new AbortController()
    const parts: BrainPart[] = []
    for await (const part of extractiveBrain({ retriever: finding([passage(days)]) }).reply(
      context,
      controller.signal,
    )) {
      parts.push(part)
      if (parts.length === 2) controller.abort()
    }
    expect(parts).toHaveLength(2)
  })

  test('is told from a failure of the search', async () => {
    await expect(ask({ search: () => Promise.reject(new Error('store is gone')) })).rejects.toThrow('store is gone')
  })
})

test('no question and no passage makes it throw, and every mark in an answer has its citation', async () => {
  const text = fc.string({ unit: 'binary', maxLength: 300 })
  await fc.assert(
    fc.asyncProperty(text, fc.array(text, { maxLength: 4 }), async (question, passages) => {
      const { citations, done } = await ask(finding(passages.map((one) => passage(one))), { question })
      expect(done?.type).toBe('done')
      expect(citations.map(({ n }) => n)).toEqual(citations.map((_, i) => i + 1))
    }),
    { numRuns: 200 },
  )
})
