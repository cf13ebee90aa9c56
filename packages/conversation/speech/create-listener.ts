import { createGate, levelOf } from './loudness-gate.ts'
import type { Sound } from './voice.ts'

/** Samples a second of what a listener is given. */
export const listeningRate = 16_000

export type Heard =
  /** Somebody began to speak; so soon it may still be a cough. */
  | { type: 'started' }
  /** The utterance is over: all of it, with a little of the silence around it. */
  | { type: 'ended'; sound: Sound }
  /** What was begun was nothing: too short for a word, or a noise that never changes. */
  | { type: 'cancelled' }

/** Finds utterances in one person's microphone. It has no clock: time is what it was given to hear. */
export interface Listener {
  /** A stretch of any length at 16,000 samples a second. */
  hear(samples: Int16Array): Heard[]
  /** How long somebody has been speaking in the utterance that goes on, in milliseconds, without pauses; else 0. */
  readonly speechMs: number
  /** Nothing more will come, as when a microphone is closed: ends what goes on. Afterwards the listener is as new. */
  end(): Heard[]
}

const frameMs = 20
const frameSamples = (listeningRate * frameMs) / 1000
const inFrames = (ms: number) => Math.round(ms / frameMs)

const startFrames = 4
const endFrames = inFrames(600)
const mostFrames = inFrames(60_000)
/** What is kept of the time before, for words begin softly. */
const preRollFrames = inFrames(300)
/** What is left of the silence behind. */
const postRollFrames = inFrames(200)
/** The shortest word. */
const fewestLoudFrames = inFrames(160)
/** From when on a sound that never changes is a machine rather than a word; and how little it changes, in dB. */
const steadyFrames = inFrames(1_000)
const steadySpread = 2

interface Utterance {
  frames: Int16Array[]
  loud: number
  /** How many frames of silence it ends with, clicks not counted. */
  silent: number
  wasLoud: boolean
  /** Sums of the levels of the loud frames, and of their squares. */
  levels: number
  squares: number
}

/**
 * An adaptive gate on loudness: speech after four loud frames of 20 ms that silence does not outnumber, its end after 600 ms of
 * silence or 60 s. Lost frames that come as silence, and clicks, change neither.
 */
export function createListener(): Listener {
  let gate = createGate()
  let preRoll: Int16Array[] = []
  let run = 0
  let utterance: Utterance | null = null
  let partial: Int16Array = new Int16Array(0)

  const finish = (): Heard[] => {
    const done = utterance
    utterance = null
    run = 0
    if (done === null) return []
    preRoll = done.frames.slice(-preRollFrames)
    return [isWord(done) ? { type: 'ended', sound: soundOf(done) } : { type: 'cancelled' }]
  }
  const hearFrame = (frame: Int16Array): Heard[] => {
    const level = levelOf(frame)
    const isLoud = gate.isLoud(level, utterance !== null)
    if (utterance === null) {
      preRoll = [...preRoll.slice(1 - preRollFrames), frame]
      run = Math.max(0, run + (isLoud ? 1 : -0.5))
      if (run < startFrames) return []
      utterance = {
        frames: preRoll,
        loud: run,
        silent: 0,
        wasLoud: true,
        levels: level * run,
        squares: level ** 2 * run,
      }
      return [{ type: 'started' }]
    }
    addFrame(utterance, frame, isLoud ? level : null)
    return utterance.silent >= endFrames || utterance.frames.length >= mostFrames ? finish() : []
  }
  return {
    hear(samples) {
      const all = joined([partial, samples])
      const whole = all.length - (all.length % frameSamples)
      partial = all.slice(whole)
      const heard: Heard[] = []
      for (let at = 0; at < whole; at += frameSamples) heard.push(...hearFrame(all.slice(at, at + frameSamples)))
      return heard
    },
    get speechMs() {
      return (utterance?.loud ?? 0) * frameMs
    },
    end() {
      const heard = finish()
      gate = createGate()
      preRoll = []
      partial = new Int16Array(0)
      return heard
    },
  }
}

/** @param level of a loud frame; null for a silent one. */
function addFrame(utterance: Utterance, frame: Int16Array, level: number | null): void {
  utterance.frames.push(frame)
  if (level === null) {
    utterance.silent += 1
  } else {
    utterance.loud += 1
    utterance.levels += level
    utterance.squares += level ** 2
    // One loud frame alone is a click, and no reason to wait longer.
    if (utterance.wasLoud) utterance.silent = 0
    else utterance.silent += 1
  }
  utterance.wasLoud = level !== null
}

function isWord({ loud, levels, squares }: Utterance): boolean {
  if (loud < fewestLoudFrames) return false
  const spread = Math.sqrt(Math.max(0, squares / loud - (levels / loud) ** 2))
  return loud < steadyFrames || spread > steadySpread
}

function soundOf({ frames, silent }: Utterance): Sound {
  const kept = frames.slice(0, frames.length - Math.max(0, silent - postRollFrames))
  return { samples: joined(kept), rate: listeningRate }
}

function joined(parts: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
