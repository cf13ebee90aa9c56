import { type MouthTrack, mouthAtRest } from './mouth.ts'
import { type MouthScript, readScript, soundAt, wordsAt } from './mouth-script.ts'

/** The mouth of one who says a text that nobody hears, at an even rate of speech. */
export function followText(text: string): MouthTrack {
  const script = readScript(text)
  const totalMs = lengthOf(script)
  return {
    at: (ms) => {
      const place = placeAt(script, ms)
      const sound = place.isPause ? null : soundAt(script, place.spokenMs)
      return sound ? { shape: sound.shape, open: sound.open * 0.9 } : mouthAtRest
    },
    wordsBy: (ms) => (ms >= totalMs ? script.words : wordsAt(script, placeAt(script, ms).spokenMs)),
    totalMs: () => totalMs,
  }
}

/** How long it takes to say it, in milliseconds; the last pause does not count. */
export function lengthOf({ phrases, spokenMs }: MouthScript): number {
  return spokenMs + phrases.slice(0, -1).reduce((sum, { pauseMs }) => sum + pauseMs, 0)
}

function placeAt({ phrases, spokenMs }: MouthScript, ms: number): { spokenMs: number; isPause: boolean } {
  let pauses = 0
  for (const { endMs, pauseMs } of phrases) {
    if (ms < endMs + pauses) return { spokenMs: ms - pauses, isPause: false }
    pauses += pauseMs
    if (ms < endMs + pauses) return { spokenMs: endMs, isPause: true }
  }
  return { spokenMs, isPause: true }
}
