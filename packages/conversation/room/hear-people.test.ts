import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Sound } from '../speech/index.ts'
import type { RoomTalk } from './talk-ports.ts'
import { visitorId } from './testing/furnish-talk.ts'
import { openTalkHouse, type TalkHouse } from './testing/talk-house.ts'

let house: TalkHouse
let understood: { sound: Sound; language: string | null }[]
let words: string | Error
beforeEach(async () => {
  house = await openTalkHouse()
  understood = []
  words = 'What time is it?'
})
afterEach(() => house.close())

const ears = {
  async transcribe(sound: Sound, language: string | null) {
    understood.push({ sound, language })
    if (words instanceof Error) throw words
    return words
  },
}

async function sit(changes: Parameters<TalkHouse['sit']>[0] = {}) {
  const talk = await house.sit({ ears, ...changes })
  talk.meet(visitorId)
  await house.settle()
  await house.pass(10_000)
  return talk
}

/** 20 ms of somebody speaking, louder and softer as syllables are, or of a quiet room. */
function stretch(at: number, isLoud: boolean): Sound {
  const loudness = isLoud ? 4_000 + 3_500 * Math.sin(at / 3) : 4
  const samples = Int16Array.from({ length: 320 }, (_, n) => Math.round(loudness * Math.sin(n * 0.35)))
  return { samples, rate: 16_000 }
}

async function speak(talk: RoomTalk, ms: number, isLoud = true) {
  for (let at = 0; at < ms / 20; at += 1) talk.heard('guest', stretch(at, isLoud))
  await house.settle()
}

describe('somebody who speaks', () => {
  it('is understood when they pause, shown what was heard, and answered', async () => {
    const talk = await sit()
    await speak(talk, 500, false)
    await speak(talk, 1_200)
    expect(understood).toHaveLength(0)
    await speak(talk, 900, false)
    expect(understood).toMatchObject([{ language: null, sound: { rate: 16_000 } }])
    await house.pass(5_000)
    expect(house.captions).toContainEqual({
      segment: 'heard-1',
      text: 'What time is it?',
      isFinal: true,
      speaker: { identity: 'guest' },
    })
    expect((await house.messages()).slice(1)).toMatchObject([{ text: 'What time is it?' }, { text: 'Yes.' }])
  })

  it('is understood as far as they came when they close their microphone, and afterwards from anew', async () => {
    const talk = await sit()
    await speak(talk, 500, false)
    await speak(talk, 1_200)
    talk.fellSilent('guest')
    await house.settle()
    expect(understood).toHaveLength(1)
    talk.fellSilent('guest')
    await speak(talk, 500, false)
    expect(understood).toHaveLength(1)
    await speak(talk, 800)
    await speak(talk, 900, false)
    expect(understood).toHaveLength(2)
    // Nothing of the first is in the second.
    expect(understood[1]?.sound.samples.length).toBeLessThan(16_000 * 1.5)
  })

  it('interrupts the avatar after half a second, a cough does not', async () => {
    house.say = async function* () {
      yield { type: 'text', text: 'One two three four five six seven eight nine ten eleven twelve thirteen.' }
      yield { type: 'done', answerMode: 'model', grounded: false }
    }
    const talk = await sit()
    await speak(talk, 500, false)
    talk.wrote('guest', 'Count.')
    await house.settle()
    await house.pass(1_000)
    const interruptions = () => house.notices.filter(({ type }) => type === 'interrupted').length
    words = ''
    await speak(talk, 200)
    await speak(talk, 900, false)
    expect(interruptions()).toBe(0)
    await speak(talk, 700)
    expect(interruptions()).toBe(1)
    expect((await house.messages()).at(-1)).toMatchObject({ finish: 'interrupted' })
  })

  it('and says nothing that is a word is not answered', async () => {
    words = ''
    const talk = await sit()
    await speak(talk, 500, false)
    await speak(talk, 1_000)
    await speak(talk, 900, false)
    expect([understood.length, house.asked.length]).toEqual([1, 0])
  })

  it('is not answered where nobody could listen, and the talk goes on', async () => {
    words = new Error('the endpoint is down')
    const talk = await sit()
    await speak(talk, 500, false)
    await speak(talk, 1_000)
    await speak(talk, 900, false)
    words = 'Again?'
    await speak(talk, 1_000)
    await speak(talk, 900, false)
    await house.pass(5_000)
    expect(house.asked.map(({ question }) => question)).toEqual(['Again?'])
  })

  it('and leaves in the middle is answered all the same', async () => {
    const talk = await sit()
    await speak(talk, 500, false)
    await speak(talk, 1_000)
    talk.left('guest')
    await house.settle()
    expect(understood).toHaveLength(1)
  })

  it('is not heard where the session has no voice input', async () => {
    const talk = await sit({ features: { voiceInput: false } })
    await speak(talk, 500, false)
    await speak(talk, 1_000)
    await speak(talk, 900, false)
    expect(understood).toEqual([])
  })
})

describe('an avatar with a voice', () => {
  const sound = (ms: number): Sound => ({ samples: new Int16Array((24_000 * ms) / 1000).fill(900), rate: 24_000 })

  it('speaks sentence after sentence, the next made while one is heard', async () => {
    const made: string[] = []
    const voice = {
      async *synthesize({ text, gender, voiceName }: { text: string; gender: string; voiceName: string | null }) {
        made.push(`${text} (${gender}, ${voiceName})`)
        yield sound(1_000)
      },
    }
    house.say = async function* () {
      yield { type: 'text', text: 'First it rains. Then the sun comes. At last there is snow.' }
      yield { type: 'done', answerMode: 'model', grounded: false }
    }
    const talk = await sit({ voice })
    made.length = 0
    talk.wrote('guest', 'How is the weather?')
    await house.settle()
    expect(made).toEqual(['First it rains. (female, Puck)', 'Then the sun comes. (female, Puck)'])
    await house.pass(6_000)
    expect(made).toHaveLength(3)
    expect((await house.messages()).at(-1)).toMatchObject({ finish: 'complete' })
  })

  it('that does not notice that it is stopped holds nobody up', async () => {
    const voice = {
      async *synthesize(): AsyncGenerator<Sound> {
        await new Promise(() => {})
        yield sound(1_000)
      },
    }
    const talk = await house.sit({ voice })
    talk.meet(visitorId)
    await house.settle()
    talk.interrupted('guest')
    await house.settle()
    expect(house.manners.at(-1)).toBe('idle')
    await talk.close('ended')
  })

  it('that fails shows its words instead', async () => {
    const voice = {
      // biome-ignore lint/correctness/useYield: it fails before any sound
      async *synthesize(): AsyncGenerator<Sound> {
        throw new Error('no sound')
      },
    }
    const talk = await sit({ voice })
    talk.wrote('guest', 'Well?')
    await house.settle()
    await house.pass(5_000)
    expect(house.captions.at(-1)).toMatchObject({ text: 'Yes.', isFinal: true })
  })
})

describe('an avatar that only lends its voice and face', () => {
  it('neither greets nor answers, and plays what its agent says', async () => {
    const remoteAgent = { identity: 'agent', name: '' }
    const talk = await sit({ terms: { brainId: null, remoteAgent } })
    talk.wrote('guest', 'Hello?')
    await house.pass(1_000)
    expect([house.captions, house.asked]).toEqual([[], []])
    talk.lent('stranger', { samples: new Int16Array(24_000), rate: 24_000 })
    expect(house.queuedMs()).toBe(0)
    talk.lent('agent', { samples: new Int16Array(24_000), rate: 24_000 })
    expect(house.queuedMs()).toBe(1_000)
    talk.lentInterrupted('agent')
    expect(house.queuedMs()).toBe(0)
  })
})
