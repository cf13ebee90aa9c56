/** A stretch of what a model wrote: said to the visitor, or thought aloud. */
export interface Stretch {
  isThought: boolean
  text: string
}

export interface ThoughtSplit {
  /** Takes the next piece; gives out all that can no longer become part of a tag. */
  take(piece: string): Stretch[]
  /** Gives out what was held back. */
  end(): Stretch[]
}

const opening = '<think>'
const closing = '</think>'

/** Tells what a model thinks from what it says, where it writes both into its answer, between `<think>` tags. */
export function splitThoughts(): ThoughtSplit {
  let held = ''
  let isThought = false
  /** A thought in between separates what is said, as a line of its own would. */
  let saidBefore = false
  let isSeparated = false

  function read(isEnd: boolean): Stretch[] {
    const out: Stretch[] = []
    for (;;) {
      const tag = isThought ? closing : opening
      const at = held.indexOf(tag)
      const upTo = at === -1 ? held.length - (isEnd ? 0 : beginningOf(tag, held)) : at
      if (upTo > 0) out.push(stretch(held.slice(0, upTo)))
      held = held.slice(at === -1 ? upTo : at + tag.length)
      if (at === -1) return out
      isThought = !isThought
      isSeparated = saidBefore
    }
  }

  function stretch(text: string): Stretch {
    if (isThought) return { isThought, text }
    const whole = isSeparated ? `\n${text}` : text
    saidBefore = true
    isSeparated = false
    return { isThought, text: whole }
  }

  return {
    take(piece) {
      // Nearly every piece: nothing in it begins a tag.
      if (held === '' && !isThought && !isSeparated && piece !== '' && !piece.includes('<')) {
        saidBefore = true
        return [{ isThought: false, text: piece }]
      }
      held += piece
      return read(false)
    },
    end: () => read(true),
  }
}

/** How many characters at the end of `text` may be the beginning of `tag`. */
function beginningOf(tag: string, text: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length -= 1) {
    if (text.endsWith(tag.slice(0, length))) return length
  }
  return 0
}
