/** Judges stretches of 20 ms one after the other. */
export interface LoudnessGate {
  /** Whether the stretch is louder than the room it is heard in. `isSpeaking`: whoever speaks already may be softer. */
  isLoud(level: number, isSpeaking: boolean): boolean
}

/** All in dB; levels count from the loudest sine, which is 0. */
const opensAbove = 10
const staysAbove = 6
/** What is softer is nobody, however silent the room. */
const softestSpeech = -50
const [quietestRoom, loudestRoom] = [-75, -20]
/** Before anything is known of the room, whoever speaks at once must be heard. */
const loudestGuess = -40
/** Sound that was lost comes as nothing at all, which no room is. */
const nothing = -99
/** Stretches of 20 ms: speech pauses within 2 s, and so shows the room behind it. */
const window = 100
const slices = 5

/**
 * A gate that follows the room: its noise is the softest that was heard within the last two seconds. A room that becomes
 * louder for good is known two seconds later, one that becomes quiet at once.
 */
export function createGate(): LoudnessGate {
  // The minimum of each slice of the window, the newest last.
  let softest: number[] = []
  let heard = 0
  let smooth: number | null = null
  const listen = (level: number) => {
    smooth = smooth === null ? Math.min(level, loudestGuess) : smooth * 0.6 + level * 0.4
    if (heard % (window / slices) === 0) softest = [...softest.slice(1 - slices), smooth]
    heard += 1
    softest[softest.length - 1] = Math.min(softest.at(-1) ?? smooth, smooth)
  }
  return {
    isLoud(level, isSpeaking) {
      if (level > nothing) listen(level)
      const room = Math.min(
        loudestRoom,
        Math.max(quietestRoom, softest.length === 0 ? loudestGuess : Math.min(...softest)),
      )
      return level > Math.max(room + (isSpeaking ? staysAbove : opensAbove), softestSpeech)
    },
  }
}

/** How loud a stretch is, in dB below the loudest sine (dBFS); silence is -100. */
export function levelOf(samples: Int16Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  const power = sum / Math.max(1, samples.length) / 32_768 ** 2
  return Math.max(-100, 10 * Math.log10(power * 2 + 1e-12))
}
