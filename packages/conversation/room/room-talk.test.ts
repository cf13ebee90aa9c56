import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BrainPart } from '../brain/index.ts'
import { failureSentence } from '../turn/index.ts'
import { limitSentence } from './take-turns.ts'
import { visitorId } from './testing/furnish-talk.ts'
import { openTalkHouse, type TalkHouse } from './testing/talk-house.ts'

let house: TalkHouse
beforeEach(async () => {
  house = await openTalkHouse()
})
afterEach(() => house.close())

const greeting = 'Hello Guest, nice to see you here.'

/** A brain that says this in one piece. */
function says(text: string): TalkHouse['say'] {
  return async function* (): AsyncIterable<BrainPart> {
    yield { type: 'text', text }
    yield { type: 'usage', inputTokens: 10, outputTokens: 10 }
    yield { type: 'done', answerMode: 'model', grounded: false }
  }
}

/** A sitting whose greeting is over. */
async function sit(changes: Parameters<TalkHouse['sit']>[0] = {}) {
  const talk = await house.sit(changes)
  talk.meet(visitorId)
  await house.settle()
  await house.pass(10_000)
  return talk
}

describe('the greeting', () => {
  it('is said and kept when somebody comes, with the session’s variables in it', async () => {
    await sit()
    expect(await house.messages()).toMatchObject([{ role: 'agent', text: greeting }])
    expect(house.captions.at(-1)).toMatchObject({ text: greeting, isFinal: true, speaker: 'avatar' })
    expect(house.notices).toMatchObject([{ type: 'utterance', author: 'character', content: greeting }])
  })

  it('is said once, whoever sits there after', async () => {
    const first = await sit()
    await first.close('left')
    house.captions.length = 0
    const second = await sit()
    second.meet(visitorId)
    await house.pass(1_000)
    expect(house.captions).toEqual([])
    expect(await house.messages()).toHaveLength(1)
  })

  it('that is cut short is kept as far as it was heard', async () => {
    const talk = await house.sit()
    talk.meet(visitorId)
    await house.settle()
    await house.pass(1_000)
    talk.interrupted('guest')
    await house.settle()
    const [kept] = await house.messages()
    expect(greeting.startsWith(kept?.text ?? '?')).toBe(true)
    expect(kept?.text.length).toBeLessThan(greeting.length)
    expect(kept?.text.length).toBeGreaterThan(0)
  })
})

describe('a greeting nobody heard to its end because the avatar lost its seat', () => {
  it('is said again in the next sitting', async () => {
    const first = await house.sit()
    first.meet(visitorId)
    await house.settle()
    await house.pass(500)
    await first.close('left')
    expect(await house.messages()).toEqual([])
    await sit()
    expect(await house.messages()).toMatchObject([{ text: greeting }])
  })
})

describe('an avatar that has to go', () => {
  it('says so instead of what it was saying, which is left for the next sitting, and takes nothing more', async () => {
    house.say = says('This is a rather long answer, which takes a while to be said by anybody.')
    const talk = await sit()
    talk.wrote('guest', 'Tell me.')
    await house.settle()
    await house.pass(500)
    const excused = talk.excuse()
    talk.wrote('guest', 'Are you there?')
    await house.settle()
    await house.pass(10_000)
    await excused
    const heard = house.captions.filter(({ isFinal }) => isFinal).map(({ text }) => text)
    expect(heard.join(' ').endsWith(talk.farewell)).toBe(true)
    expect(house.chat).toEqual([talk.farewell])
    expect(house.notices.at(-1)).toMatchObject({ type: 'failed', code: 'unavailable', message: talk.farewell })
    await talk.close('left')
    expect((await house.messages()).map(({ role }) => role)).toEqual(['agent', 'visitor'])
    house.say = says('Yes.')
    await sit()
    expect((await house.messages()).at(-1)).toMatchObject({ role: 'agent', text: 'Yes.' })
  })

  it('is quiet about it once it was closed', async () => {
    const talk = await sit()
    await talk.close('left')
    house.captions.length = 0
    await talk.excuse()
    expect(house.captions).toEqual([])
  })
})

describe('somebody who asks before they were greeted', () => {
  it('is answered, and greeted no more', async () => {
    const first = await house.sit()
    first.meet(visitorId)
    first.wrote('guest', 'Hello?')
    await house.settle()
    await house.pass(5_000)
    await first.close('left')
    await sit()
    expect((await house.messages()).map(({ text }) => text)).toEqual(['Hello?', 'Yes.'])
  })
})

describe('a question', () => {
  it('is answered from the session’s own terms', async () => {
    house.say = says('We open at nine.')
    const talk = await sit({ terms: { additionalContext: 'They look at shoes.' } })
    talk.remarked('guest', 'Their cart is empty.')
    talk.wrote('guest', 'When do you open?')
    await house.settle()
    await house.pass(10_000)
    expect(house.asked[0]).toMatchObject({
      instructions: 'You help Guest.',
      agentName: 'Ava',
      question: 'When do you open?',
      model: 'default',
      locale: null,
      calling: { notes: ['They look at shoes.', 'Their cart is empty.'], tools: [] },
    })
    expect(house.asked[0]?.history.map(({ text }) => text)).toEqual([greeting])
    expect((await house.messages()).slice(1)).toMatchObject([
      { role: 'visitor', text: 'When do you open?' },
      { role: 'agent', text: 'We open at nine.', finish: 'complete' },
    ])
    expect(house.notices.slice(1)).toMatchObject([
      { type: 'utterance', author: 'user', content: 'When do you open?' },
      { type: 'utterance', author: 'character', content: 'We open at nine.' },
    ])
    expect(house.chat).toEqual(['We open at nine.'])
  })

  it('is not stored as answered before the answer was heard', async () => {
    house.say = says('This is a rather long answer, which takes a while to be said by anybody.')
    const talk = await sit()
    talk.wrote('guest', 'Tell me.')
    await house.settle()
    await house.pass(500)
    expect((await house.messages()).map(({ role }) => role)).toEqual(['agent', 'visitor'])
    await house.pass(20_000)
    expect((await house.messages()).at(-1)).toMatchObject({ role: 'agent', finish: 'complete' })
  })

  it('that is longer than a brain may be silent for is heard to its end', async () => {
    const long = Array.from({ length: 60 }, (_, n) => `This is sentence number ${n} of many.`).join(' ')
    house.say = says(long)
    const talk = await sit()
    talk.wrote('guest', 'Tell me everything.')
    await house.settle()
    await house.pass(240_000)
    expect((await house.messages()).at(-1)).toMatchObject({ text: long, finish: 'complete' })
  })

  it('left unanswered by one sitting is answered in the next, once', async () => {
    house.say = async function* () {
      yield { type: 'text', text: 'I was about to' }
      await new Promise(() => {})
    }
    const first = await sit()
    first.wrote('guest', 'Are you there?')
    await house.settle()
    await first.close('left')
    expect((await house.messages()).at(-1)).toMatchObject({ role: 'visitor' })
    house.say = says('I am here.')
    await sit()
    expect((await house.messages()).slice(-2)).toMatchObject([
      { text: 'Are you there?' },
      { text: 'I am here.', finish: 'complete' },
    ])
  })

  it('whose brain fails gets the sentence for it, spoken', async () => {
    house.say = async function* () {
      yield* []
      throw new Error('broken')
    }
    const talk = await sit()
    talk.wrote('guest', 'Tell me.')
    await house.settle()
    await house.pass(15_000)
    expect((await house.messages()).at(-1)).toMatchObject({ text: failureSentence, finish: 'failed' })
    const heard = house.captions.filter(({ isFinal }) => isFinal).map(({ text }) => text)
    expect(failureSentence.startsWith(heard[1] ?? '?')).toBe(true)
    expect(house.notices.some(({ type }) => type === 'failed')).toBe(true)
  })

  it('of nothing, or where typing is switched off, is none', async () => {
    const talk = await sit({ features: { textInput: false } })
    talk.wrote('guest', 'Hello?')
    await house.pass(1_000)
    const other = await sit()
    other.wrote('guest', '  \n ')
    await house.pass(1_000)
    expect(house.asked).toEqual([])
  })
})

describe('an interruption', () => {
  const answer = 'One two three four five six seven eight nine ten eleven twelve.'

  it('keeps only the words that were heard, and says so', async () => {
    house.say = says(answer)
    const talk = await sit()
    talk.wrote('guest', 'Count.')
    await house.settle()
    await house.pass(1_500)
    talk.interrupted('guest')
    await house.settle()
    const kept = (await house.messages()).at(-1)
    expect(kept).toMatchObject({ role: 'agent', finish: 'interrupted' })
    expect(answer.startsWith(kept?.text ?? '?')).toBe(true)
    expect(kept?.text).toMatch(/^One( \w+)+$/)
    expect(house.notices.filter(({ type }) => type === 'interrupted')).toHaveLength(1)
  })

  it('by another question answers that one', async () => {
    house.say = says(answer)
    const talk = await sit()
    talk.wrote('guest', 'Count.')
    await house.settle()
    await house.pass(1_000)
    house.say = says('Fine.')
    talk.wrote('guest', 'Stop that. How are you?')
    await house.settle()
    await house.pass(5_000)
    const finishes = (await house.messages()).map(({ finish }) => finish)
    expect(finishes).toEqual([undefined, undefined, 'interrupted', undefined, 'complete'])
    expect(house.asked.at(-1)?.history.at(-1)?.text).toMatch(/^One/)
  })

  it('by the session’s end stores what was heard', async () => {
    house.say = says(answer)
    const talk = await sit()
    talk.wrote('guest', 'Count.')
    await house.settle()
    await house.pass(1_500)
    await talk.close('ended')
    expect((await house.messages()).at(-1)).toMatchObject({ role: 'agent', finish: 'interrupted' })
  })

  it('that comes right behind a question means its answer, too', async () => {
    house.say = says(answer)
    const talk = await sit()
    talk.wrote('guest', 'Count.')
    talk.interrupted('guest')
    await house.settle()
    await house.pass(5_000)
    expect((await house.messages()).slice(1)).toMatchObject([{ text: 'Count.' }, { text: '', finish: 'interrupted' }])
    expect(house.asked).toEqual([])
  })

  it.each([0, 20, 60, 200, 1_000])('%i ms into the answer leaves the avatar at rest', async (ms) => {
    house.say = says(answer)
    const talk = await sit()
    talk.wrote('guest', 'Count.')
    await house.settle()
    await house.pass(ms)
    talk.interrupted('guest')
    await house.settle()
    await house.pass(500)
    expect(house.manners.at(-1)).toBe('idle')
  })

  it('aborts the brain', async () => {
    let signal: AbortSignal | undefined
    house.say = async function* (_, given) {
      signal = given
      yield { type: 'text', text: 'Well' }
      await new Promise(() => {})
    }
    const talk = await sit()
    talk.wrote('guest', 'Think.')
    await house.settle()
    talk.interrupted('guest')
    expect(signal?.aborted).toBe(true)
  })
})

describe('limits', () => {
  it('that are reached are told, and then the session is over', async () => {
    house.say = says('Yes.')
    const talk = await sit({ limits: { messagesPerSession: 1, tokensPerSession: null } })
    talk.wrote('guest', 'One?')
    await house.settle()
    await house.pass(5_000)
    talk.wrote('guest', 'Two?')
    await house.settle()
    expect(house.limits.reached).toBe(0)
    await house.pass(15_000)
    expect(house.captions.at(-1)?.text).toBe(limitSentence.split('. ').at(-1))
    expect(house.limits.reached).toBe(1)
    expect(house.asked).toHaveLength(1)
  })

  it('count tokens, too', async () => {
    house.say = says('Yes.')
    const talk = await sit({ limits: { messagesPerSession: null, tokensPerSession: 20 } })
    for (const text of ['One?', 'Two?']) {
      talk.wrote('guest', text)
      await house.settle()
      await house.pass(15_000)
    }
    expect([house.asked.length, house.limits.reached]).toEqual([1, 1])
  })
})
