import { cutSpeech, type Sound, type SpeechWish, speakable, type Voice } from '../speech/index.ts'
import { type Prefetched, prefetch } from './prefetch.ts'

/** An answer on its way to the ears, sentence by sentence while it is still being made. */
export interface Speech {
  /** The next piece of the answer. */
  hear(piece: string): void
  /** Nothing more comes; resolves once all of it was spoken, or was stopped. Never rejects. */
  finish(): Promise<void>
  /** As much of the answer as was heard by now. */
  heard(): string
}

/** Says one sentence with face and sound, or with the words alone. */
export interface Mouthpiece {
  utter(sentence: { text: string; sound: AsyncIterable<Sound> | null; signal: AbortSignal }): Uttering
}

export interface Uttering {
  /** Resolves once it was heard to its end, or was stopped. Never rejects. */
  done: Promise<void>
  /** How many of its words were heard by now. */
  heardWords(): number
}

export interface SpeechPorts {
  mouthpiece: Mouthpiece
  /** Null: the words are shown in their time. */
  voice: Voice | null
  wish: Omit<SpeechWish, 'text'>
}

interface Segment {
  /** Where it ends in the answer. */
  end: number
  begin: number
  spoken: string
  sound: Promise<Prefetched | null>
}

/** Sentences whose sound is made ahead of the one that is heard. */
const ahead = 1

/** Begins to speak an answer; aborting `signal` silences it at once. */
export function beginSpeech({ mouthpiece, voice, wish }: SpeechPorts, signal: AbortSignal): Speech {
  const cutter = cutSpeech()
  const cut: Omit<Segment, 'sound'>[] = []
  const ready: Segment[] = []
  let answer = ''
  let cutTo = 0
  let heardTo = 0
  let now: { segment: Segment; heard: () => number } | null = null
  let playing: Promise<void> = Promise.resolve()
  const stopped = Promise.withResolvers<void>()
  signal.addEventListener('abort', () => stopped.resolve(), { once: true })

  function take(segments: readonly string[]): void {
    for (const text of segments) {
      const begin = answer.indexOf(text, cutTo)
      cutTo = begin + text.length
      cut.push({ begin, end: cutTo, spoken: speakable(text) })
    }
    prepare()
  }

  /** Makes sound of what comes next, not of all there is: most interruptions come early. */
  function prepare(): void {
    while (ready.length <= ahead && !signal.aborted) {
      const next = cut.shift()
      if (next === undefined) return
      const segment = { ...next, sound: soundOf(next.spoken) }
      ready.push(segment)
      playing = playing.then(() => play(segment)).catch(() => {})
    }
  }

  async function soundOf(text: string): Promise<Prefetched | null> {
    if (voice === null || text === '') return null
    return prefetch(voice.synthesize({ ...wish, text }, signal)).catch(() => null)
  }

  async function play(segment: Segment): Promise<void> {
    const sound = await segment.sound
    if (signal.aborted) return
    if (segment.spoken !== '') {
      const utterance = mouthpiece.utter({ text: segment.spoken, sound, signal })
      now = { segment, heard: utterance.heardWords }
      await utterance.done
    }
    if (signal.aborted) return
    now = null
    heardTo = segment.end
    ready.shift()
    prepare()
  }

  return {
    hear(piece) {
      answer += piece
      take(cutter.take(piece))
    },
    async finish() {
      take(cutter.flush())
      // Each one that ends lets the next begin. What is stopped is not waited for: a voice may take its time to notice.
      for (let last: Promise<void> | null = null; last !== playing && !signal.aborted; ) {
        last = playing
        await Promise.race([playing, stopped.promise])
      }
    },
    heard: () => answer.slice(0, now === null ? heardTo : Math.max(heardTo, reached(answer, now))),
  }
}

/** Where in the answer the ears are, in whole words. */
function reached(answer: string, { segment, heard }: { segment: Segment; heard: () => number }): number {
  const { begin, end, spoken } = segment
  const share = Math.min(1, heard() / Math.max(1, wordsOf(spoken).length))
  const words = wordsOf(answer.slice(begin, end))
  const last = words[Math.floor(share * words.length) - 1]
  return last === undefined ? begin : begin + last.index + last[0].length
}

function wordsOf(text: string): RegExpExecArray[] {
  return [...text.matchAll(/\S+/gu)]
}
