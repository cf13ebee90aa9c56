import { expect, test } from 'vitest'
import type { Mouth } from './face.ts'
import { followText } from './mouth-clock.ts'
import { followSound } from './mouth-fused.ts'
import { hum, hush, soundRate } from './performer.test-support.ts'

const shapesOf = (text: string): Set<Mouth['shape']> => {
  const track = followText(text)
  return new Set(Array.from({ length: Math.ceil(track.totalMs()) }, (_, ms) => track.at(ms).shape))
}

test.each([
  ['m', 'pressed'],
  ['b', 'pressed'],
  ['p', 'pressed'],
  ['o', 'round'],
  ['u', 'round'],
  ['w', 'round'],
  ['e', 'wide'],
  ['i', 'wide'],
  ['é', 'wide'],
  ['f', 'teeth'],
  ['v', 'teeth'],
  ['a', 'rest'],
  ['м', 'pressed'],
  ['у', 'round'],
  ['ф', 'teeth'],
  ['ω', 'round'],
  ['sh', 'round'],
])('the lips say %s as %s', (letters, shape) => {
  expect([...shapesOf(letters)]).toEqual([shape])
})

test('pressed lips are shut, whether or not there is sound', () => {
  const track = followText('mama')
  for (let ms = 0; ms < track.totalMs(); ms += 5)
    if (track.at(ms).shape === 'pressed') expect(track.at(ms).open).toBe(0)
  const heard = followSound('mama')
  heard.hear(hum(800))
  heard.end()
  const poses = Array.from({ length: 80 }, (_, at) => heard.at(at * 10))
  const pressed = poses.filter(({ shape }) => shape === 'pressed')
  expect(pressed.length).toBeGreaterThan(20)
  expect(pressed.every(({ open }) => open === 0)).toBe(true)
  expect(Math.max(...poses.map(({ open }) => open))).toBeGreaterThan(0.8)
})

test.each(['你好世界', 'こんにちは', '안녕하세요', 'مرحبا بك', 'שלום לך', 'नमस्ते', 'สวัสดี', '1984'])(
  'a text in a script without a table moves the mouth too: %s',
  (text) => {
    const track = followText(text)
    expect(track.totalMs()).toBeGreaterThan(300)
    expect(track.totalMs()).toBeLessThan(2500)
    const opens = Array.from({ length: Math.ceil(track.totalMs()) }, (_, ms) => track.at(ms).open)
    expect(Math.max(...opens)).toBeGreaterThan(0.4)
    expect(Math.min(...opens)).toBeLessThan(0.3)
  },
)

test('a syllable of one script takes about as long as one of another', () => {
  const perSyllable = (text: string, syllables: number) => followText(text).totalMs() / syllables
  for (const ms of [perSyllable('banana', 3), perSyllable('안녕하세요', 5), perSyllable('你好世界', 4)]) {
    expect(ms).toBeGreaterThan(120)
    expect(ms).toBeLessThan(220)
  }
})

test('without sound the mouth rests at a full stop and at a comma, and after the end', () => {
  const track = followText('Oh, ah. Uh')
  const rests = Array.from({ length: Math.ceil(track.totalMs()) + 100 }, (_, ms) => track.at(ms)).map(
    ({ open, shape }) => open === 0 && shape === 'rest',
  )
  const runs = rests.reduce<number[]>((found, isAtRest, at) => {
    if (isAtRest && !rests[at - 1]) found.push(1)
    else if (isAtRest) found.push((found.pop() ?? 0) + 1)
    return found
  }, [])
  expect(runs).toHaveLength(3)
  expect(runs[1]).toBeGreaterThan(runs[0] ?? 0)
  expect(rests.at(-1)).toBe(true)
})

test('each phrase of a text is laid over its own stretch of sound', () => {
  const track = followSound('Ooo, fffffffff fffff.')
  for (const sound of [hum(1000), hush(300), hum(400)]) track.hear(sound)
  track.end()
  expect(track.at(100).shape).toBe('round')
  expect(track.at(900).shape).toBe('round')
  expect(track.at(1150)).toEqual({ open: 0, shape: 'rest' })
  expect(track.at(1350).shape).toBe('teeth')
})

test('where the pauses differ, the text is laid over all sound that is no pause', () => {
  const track = followSound('oooo ffff')
  for (const sound of [hush(500), hum(400), hush(300), hum(400)]) track.hear(sound)
  track.end()
  expect(track.at(300)).toEqual({ open: 0, shape: 'rest' })
  expect(track.at(600).shape).toBe('round')
  expect(track.at(1400).shape).toBe('teeth')
})

test('how loud it is opens the mouth, for a quiet voice as for a loud one', () => {
  for (const loudest of [2500, 25_000]) {
    const track = followSound('aaa aaa aaa')
    for (const share of [1, 0.15]) track.hear(hum(500, loudest * share))
    track.end()
    expect(track.at(250).open).toBeGreaterThan(0.9)
    expect(track.at(750).open).toBeLessThan(0.7)
  }
})

test('silence between two sounds of a word keeps the lips on their way, without opening them', () => {
  const track = followSound('oooooooo')
  for (const sound of [hum(400), hush(80), hum(400)]) track.hear(sound)
  track.end()
  expect(track.at(440).shape).toBe('round')
  expect(track.at(440).open).toBeLessThan(0.2)
})

test('sound without a text moves the mouth by ear, and hissing shows the teeth', () => {
  const track = followSound(null)
  track.hear(hum(200))
  track.hear({ samples: Int16Array.from({ length: 1600 }, (_, at) => (at % 2 ? 3000 : -3000)), rate: soundRate })
  track.hear(hush(100))
  expect(track.at(100).open).toBeGreaterThan(0.6)
  expect(track.at(300)).toEqual({ open: 0.2, shape: 'wide' })
  expect(track.at(460)).toEqual({ open: 0, shape: 'rest' })
  expect(track.at(99_999)).toEqual({ open: 0, shape: 'rest' })
})

test('words are heard when their last sound is over, and all of them at the end', () => {
  const track = followSound('one two — three')
  track.hear(hum(1000))
  track.end()
  const heard = Array.from({ length: 101 }, (_, at) => track.wordsBy(at * 10))
  expect(heard[0]).toBe(0)
  expect(heard.every((words, at) => words >= (heard[at - 1] ?? 0))).toBe(true)
  expect(new Set(heard)).toEqual(new Set([0, 1, 2, 3, 4]))
  expect(followText('…').wordsBy(0)).toBe(1)
})

test('while more is to come, the words heard are guessed from the rate of speech', () => {
  const text = 'one two three four five six seven eight nine ten'
  const track = followSound(text)
  track.hear(hum(1000))
  const total = track.totalMs()
  expect(total).toBeGreaterThan(2000)
  expect(track.wordsBy(1000)).toBeGreaterThan(1)
  expect(track.wordsBy(1000)).toBeLessThan(6)
})
