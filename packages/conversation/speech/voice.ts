/** What a text shall sound like. */
export interface SpeechWish {
  /** Plain words: no markdown, no citation marks, no addresses (see `speakable`). */
  text: string
  /** BCP 47; null where nobody knows. */
  language: string | null
  gender: 'male' | 'female' | 'neutral'
  /** The provider's own name for a voice, where the customer chose one. */
  voiceName: string | null
}

/** A stretch of sound: signed 16-bit samples, one channel. */
export interface Sound {
  samples: Int16Array
  /** Samples a second. */
  rate: number
}

/** Makes sound of words, piece by piece; stops, and lets go of all it holds, as soon as `signal` aborts. */
export interface Voice {
  /** @throws when nothing can be spoken; whoever asked then shows the words alone. */
  synthesize(wish: SpeechWish, signal: AbortSignal): AsyncIterable<Sound>
}
