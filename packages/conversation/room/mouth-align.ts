import { lengthOf } from './mouth-clock.ts'
import { type Levels, levelMs } from './mouth-levels.ts'
import type { MouthScript } from './mouth-script.ts'

/** Where in the time of all sounds of a script a level lies; null in a pause. */
export type Place = (index: number) => number | null

/** Silence shorter than this belongs to a word, as before a p or a t. */
const pauseLevels = 7

interface Stretch {
  begin: number
  end: number
}

/**
 * Lays a script over what was heard of it. Where the sound pauses as often as the text does, each phrase is laid over its own
 * stretch of sound; else all of the text over all of them. While more is to come its length is guessed from the text.
 */
export function alignPhrases(levels: Levels, script: MouthScript, isWhole: boolean): Place {
  const stretches = findStretches(levels)
  const { phrases, spokenMs } = script
  const spoken = stretches.reduce((sum, { begin, end }) => sum + end - begin, 0)
  if (isWhole && stretches.length === phrases.length) {
    return placer(stretches, (_, at) => {
      const { beginMs = 0, endMs = 0 } = phrases[at] ?? {}
      return { beginMs, endMs }
    })
  }
  const guessed = isWhole ? spoken : Math.max(spoken, lengthOf(script) / levelMs)
  const scale = spokenMs / Math.max(1, guessed)
  let before = 0
  const starts = stretches.map(({ begin, end }) => {
    const start = before
    before += end - begin
    return start
  })
  return placer(stretches, ({ begin, end }, at) => {
    const start = starts[at] ?? 0
    return { beginMs: start * scale, endMs: (start + end - begin) * scale }
  })
}

function placer(
  stretches: readonly Stretch[],
  textOf: (stretch: Stretch, at: number) => { beginMs: number; endMs: number },
): Place {
  const texts = stretches.map(textOf)
  return (index) => {
    const at = stretches.findIndex(({ begin, end }) => index >= begin && index < end)
    const stretch = stretches[at]
    const text = texts[at]
    if (!stretch || !text) return null
    const share = (index + 0.5 - stretch.begin) / (stretch.end - stretch.begin)
    return text.beginMs + share * (text.endMs - text.beginMs)
  }
}

/** What is not a pause. */
function findStretches(levels: Levels): Stretch[] {
  const found: Stretch[] = []
  for (let at = 0; at < levels.count(); at += 1) {
    if (levels.isSilent(at)) continue
    const last = found.at(-1)
    if (last && at - last.end < pauseLevels) last.end = at + 1
    else found.push({ begin: at, end: at + 1 })
  }
  return found
}
