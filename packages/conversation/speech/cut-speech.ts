import { findCut, newScan } from './find-cut.ts'

/** Cuts an answer, as it streams, into what can be spoken by itself. */
export interface SpeechCutter {
  /** The next piece of the answer; gives out the segments that are whole now. */
  take(piece: string): string[]
  /** The answer is over: gives out the rest. Afterwards the cutter is as new. */
  flush(): string[]
}

/**
 * Cuts at the end of a sentence, a clause (`;` and `:`), a paragraph and an item, in CJK scripts too, and where more than 120
 * characters come without one; the first segment ends at a comma, so that the voice begins early. Never within a number, an
 * abbreviation, a link or code; a code block is a segment of its own. Segments are Markdown still: what is spoken of each is
 * `speakable(segment)`, which may be nothing. Joined, they are the answer but for blanks, and they do not depend on how the
 * answer came in pieces.
 */
export function cutSpeech(): SpeechCutter {
  let scan = newScan()
  const run = (isEnd: boolean): string[] => {
    const segments: string[] = []
    for (let cut = findCut(scan, isEnd); cut !== null; cut = findCut(scan, isEnd)) {
      const segment = scan.held.slice(0, cut).trim()
      const isFirst = scan.isFirst && !/[\p{L}\p{N}]/u.test(segment)
      scan = { ...newScan(), held: scan.held.slice(cut), isFirst, atLineStart: scan.held[cut - 1] === '\n' }
      if (segment !== '') segments.push(segment)
    }
    return segments
  }
  return {
    take(piece) {
      scan.held += piece
      return run(false)
    },
    flush() {
      const segments = run(true)
      const rest = scan.held.trim()
      scan = newScan()
      return rest === '' ? segments : [...segments, rest]
    },
  }
}
