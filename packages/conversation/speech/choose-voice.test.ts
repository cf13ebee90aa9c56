import { expect, it, vi } from 'vitest'
import { chooseVoice, type VoiceFault } from './choose-voice.ts'
import type { Sound, SpeechWish, Voice } from './voice.ts'

const wish: SpeechWish = { text: 'Hello.', language: 'en', gender: 'neutral', voiceName: null }
const sound = (rate: number): Sound => ({ samples: new Int16Array(10), rate })
const fault = (kind: string) => Object.assign(new Error(kind), { kind })

/** A voice that gives these sounds; what is an error is thrown. */
function voice(script: () => readonly (Sound | Error)[]) {
  const synthesize = vi.fn<Voice['synthesize']>(async function* () {
    for (const step of script()) {
      if (step instanceof Error) throw step
      yield step
    }
  })
  return { synthesize }
}

const works = (rate: number) => voice(() => [sound(rate), sound(rate)])

async function speak(chosen: Voice | null, signal = new AbortController().signal) {
  const rates: number[] = []
  try {
    for await (const { rate } of chosen?.synthesize(wish, signal) ?? []) rates.push(rate)
  } catch (error) {
    return { rates, error }
  }
  return { rates }
}

function choose(endpoint: Voice | null, builtIn: Voice | null) {
  const faults: VoiceFault[] = []
  return { chosen: chooseVoice({ endpoint, builtIn, onFault: (told) => faults.push(told) }), faults }
}

it('without an endpoint the built-in voice speaks, and without both there is no voice', () => {
  const builtIn = works(22_050)
  expect(choose(null, builtIn).chosen).toBe(builtIn)
  expect(choose(null, null).chosen).toBeNull()
})

it('an endpoint that works speaks alone', async () => {
  const builtIn = works(22_050)
  const { chosen, faults } = choose(works(24_000), builtIn)
  expect(await speak(chosen)).toEqual({ rates: [24_000, 24_000] })
  expect(builtIn.synthesize).not.toHaveBeenCalled()
  expect(faults).toEqual([])
})

it('where the endpoint fails before any sound, the built-in voice says the same', async () => {
  const builtIn = works(22_050)
  const { chosen, faults } = choose(
    voice(() => [fault('late')]),
    builtIn,
  )
  const { signal } = new AbortController()
  expect(await speak(chosen, signal)).toEqual({ rates: [22_050, 22_050] })
  expect(builtIn.synthesize).toHaveBeenCalledExactlyOnceWith(wish, signal)
  expect(faults).toMatchObject([{ kind: 'late', cause: { message: 'late' } }])
})

it('where it fails amid its sound, or there is no other voice, it throws', async () => {
  const builtIn = works(22_050)
  const amid = choose(
    voice(() => [sound(24_000), fault('broken')]),
    builtIn,
  )
  expect(await speak(amid.chosen)).toMatchObject({ rates: [24_000], error: { kind: 'broken' } })
  expect(builtIn.synthesize).not.toHaveBeenCalled()
  const alone = choose(
    voice(() => [fault('unreachable')]),
    null,
  )
  expect(await speak(alone.chosen)).toMatchObject({ rates: [], error: { kind: 'unreachable' } })
  expect([...amid.faults, ...alone.faults].map(({ kind }) => kind)).toEqual(['broken', 'unreachable'])
})

it('each kind of fault is told once', async () => {
  const kinds = ['late', 'late', 'refused', 'late', 'refused']
  const { chosen, faults } = choose(
    voice(() => [fault(kinds.shift() ?? 'other')]),
    null,
  )
  for (let i = 0; i < 6; i += 1) await speak(chosen)
  await speak(
    choose(
      voice(() => [new TypeError('x')]),
      null,
    ).chosen,
  )
  expect(faults.map(({ kind }) => kind)).toEqual(['late', 'refused', 'other'])
})

it('an endpoint that failed is passed by for a while, longer each time, and at once again when it works', async () => {
  let isBroken = true
  const endpoint = voice(() => (isBroken ? [fault('late')] : [sound(24_000)]))
  const { chosen } = choose(endpoint, works(22_050))
  const asked = async (utterances: number) => {
    endpoint.synthesize.mockClear()
    for (let i = 0; i < utterances; i += 1) await speak(chosen)
    return endpoint.synthesize.mock.calls.length
  }
  expect(await asked(5)).toBe(1)
  expect(await asked(9)).toBe(1)
  expect(await asked(17 + 33 + 65 + 65)).toBe(4)
  isBroken = false
  expect(await asked(3)).toBe(3)
  isBroken = true
  expect(await asked(6)).toBe(2)
})

it('who leaves hears of no fault and no other voice', async () => {
  const leaving = new AbortController()
  const builtIn = works(22_050)
  const endpoint = voice(() => {
    leaving.abort('left')
    return [fault('late')]
  })
  const { chosen, faults } = choose(endpoint, builtIn)
  expect(await speak(chosen, leaving.signal)).toEqual({ rates: [], error: 'left' })
  expect(builtIn.synthesize).not.toHaveBeenCalled()
  expect(faults).toEqual([])
})
