import type { Mouth } from './face.ts'
import { type MouthSound, soundsOf } from './mouth-letters.ts'

/** A text as the mouth reads it: phrases with a pause after each. */
export interface MouthScript {
  phrases: readonly Phrase[]
  /** Time of its sounds, without pauses, at an even rate of speech. */
  spokenMs: number
  words: number
}

export interface Phrase {
  sounds: readonly ScriptSound[]
  /** Where in the time of all sounds it begins and ends. */
  beginMs: number
  endMs: number
  pauseMs: number
}

export interface ScriptSound extends Mouth {
  /** Where in the time of all sounds it ends. */
  endMs: number
  /** Words that are over when it is. */
  wordsOver: number
}

const short = /[,;:–—)、，；：]['"”’»]*$/u
const long = /[.!?…。！？؟।]['"”’»)]*$/u

/** Reads what is said as sounds of the mouth. */
export function readScript(text: string): MouthScript {
  const words = text.match(/\S+/gu) ?? []
  const phrases: Phrase[] = []
  let sounds: ScriptSound[] = []
  let spokenMs = 0
  let beginMs = 0
  const endPhrase = (pauseMs: number) => {
    if (sounds.length === 0) return
    phrases.push({ sounds, beginMs, endMs: spokenMs, pauseMs })
    sounds = []
    beginMs = spokenMs
  }
  for (const [at, word] of words.entries()) {
    const made = soundsOf(word)
    for (const [index, sound] of made.entries()) {
      spokenMs += sound.ms
      sounds.push(scriptSound(sound, spokenMs, index === made.length - 1 ? at + 1 : at))
    }
    const pauseMs = long.test(word) ? 340 : short.test(word) ? 190 : 0
    if (pauseMs > 0) endPhrase(pauseMs)
  }
  endPhrase(0)
  return { phrases, spokenMs, words: words.length }
}

const scriptSound = ({ shape, open }: MouthSound, endMs: number, wordsOver: number): ScriptSound => ({
  shape,
  open,
  endMs,
  wordsOver,
})

/** The sound at a moment of the time of all sounds; null before the first and after the last. */
export function soundAt({ phrases }: MouthScript, spokenMs: number): ScriptSound | null {
  const phrase = phrases.find(({ endMs }) => spokenMs < endMs)
  return phrase?.sounds.find(({ endMs }) => spokenMs < endMs) ?? null
}

/** Words that are over at a moment of the time of all sounds. */
export function wordsAt({ phrases, words, spokenMs }: MouthScript, at: number): number {
  // What has no sound of its own is over with what stands before it.
  if (at >= spokenMs) return words
  let over = 0
  for (const phrase of phrases) {
    if (phrase.beginMs > at) break
    for (const sound of phrase.sounds) if (sound.endMs <= at) over = sound.wordsOver
  }
  return over
}
