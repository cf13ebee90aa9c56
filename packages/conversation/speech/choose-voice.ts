import type { SpeechWish, Voice } from './voice.ts'

/** What went wrong with the first voice. */
export interface VoiceFault {
  /** The fault's own kind, such as `late`; else its name. */
  kind: string
  cause: unknown
}

export interface VoiceChoice {
  /** The operator's endpoint, where one is configured. */
  endpoint: Voice | null
  /** The voice on this machine, where one is installed. */
  builtIn: Voice | null
  /** Told the first time the endpoint fails in a way, for a broken endpoint fails with every sentence. */
  onFault(fault: VoiceFault): void
}

/** How many utterances in a row may pass the endpoint by after it failed, so that not each waits for it to fail again. */
const longestRest = 64
const firstRest = 4

/**
 * The voice of an installation: the endpoint where there is one; where it fails before any sound, the built-in voice speaks in
 * its stead, and for a while at once. Null where there is neither, and words are shown instead. It throws where nothing is
 * left to speak with, and where the endpoint fails amid its sound, since nobody wants to hear the beginning again.
 */
export function chooseVoice({ endpoint, builtIn, onFault }: VoiceChoice): Voice | null {
  if (endpoint === null) return builtIn
  const told = new Set<string>()
  let rest = firstRest
  let skip = 0
  const tell = (cause: unknown) => {
    const kind = kindOf(cause)
    if (told.has(kind)) return
    told.add(kind)
    onFault({ kind, cause })
  }
  async function* speak(wish: SpeechWish, signal: AbortSignal) {
    if (endpoint === null) return
    if (builtIn !== null && skip > 0) {
      skip -= 1
      return yield* builtIn.synthesize(wish, signal)
    }
    let hasSound = false
    try {
      for await (const sound of endpoint.synthesize(wish, signal)) {
        hasSound = true
        yield sound
      }
      rest = firstRest
    } catch (cause) {
      signal.throwIfAborted()
      tell(cause)
      if (hasSound || builtIn === null) throw cause
      skip = rest
      rest = Math.min(rest * 2, longestRest)
      yield* builtIn.synthesize(wish, signal)
    }
  }
  return { synthesize: speak }
}

function kindOf(cause: unknown): string {
  if (typeof cause === 'object' && cause !== null && 'kind' in cause) return String(cause.kind)
  return cause instanceof Error ? cause.name : typeof cause
}
