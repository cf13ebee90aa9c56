import { cutSpeech, speakable, streamAtRate } from '@parlor/conversation/speech'
import { espeakVoice } from '../index.ts'

/** Prints how long it takes from a sentence to its first sound and to its last, at the rate of a room: by one and by ten at once. */

const answer = `According to *Opening hours*: “The museum opens at nine, and closes at half past five; on Thursdays it stays open until
eight.” [1] Tickets cost 12.50 euros. Children, students and whoever comes after four in the afternoon pay half of that. Welcome!`

const voice = espeakVoice()
const cutter = cutSpeech()
const sentences = [...cutter.take(answer), ...cutter.flush()].map(speakable).filter((text) => text !== '')

async function measure(text: string): Promise<{ firstMs: number; allMs: number; soundMs: number }> {
  const begun = performance.now()
  const wish = { text, language: 'en', gender: 'female', voiceName: null } as const
  let [firstMs, samples] = [0, 0]
  for await (const sound of streamAtRate(voice.synthesize(wish, new AbortController().signal), 24_000)) {
    firstMs ||= performance.now() - begun
    samples += sound.samples.length
  }
  return { firstMs, allMs: performance.now() - begun, soundMs: samples / 24 }
}

function row(name: string, figures: readonly number[]): string {
  const sorted = figures.toSorted((a, b) => a - b)
  const at = (share: number) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1)
  return `${name.padEnd(34)} median ${at(0.5).padStart(6)}  p95 ${at(0.95).padStart(6)}  max ${at(1).padStart(6)}`
}

await measure('Once before it counts.')
for (const atOnce of [1, 10]) {
  const all: Awaited<ReturnType<typeof measure>>[] = []
  for (let round = 0; round < 20; round += 1) {
    for (const text of sentences) all.push(...(await Promise.all(Array.from({ length: atOnce }, () => measure(text)))))
  }
  const sound = all.reduce((sum, { soundMs }) => sum + soundMs, 0)
  const made = all.reduce((sum, { allMs }) => sum + allMs, 0) / atOnce
  console.log(
    `${atOnce} at once, ${sentences.length} sentences 20 times: ${(sound / made).toFixed(0)} s of sound a second`,
  )
  console.log(
    row(
      '  first sound of a sentence, ms',
      all.map(({ firstMs }) => firstMs),
    ),
  )
  console.log(
    row(
      '  last sound of a sentence, ms',
      all.map(({ allMs }) => allMs),
    ),
  )
}
