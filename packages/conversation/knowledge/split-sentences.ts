const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })
/** Ends that look like the end of a sentence and are none. */
const abbreviation =
  /(?:^|[\s(])(?:e\.g|i\.e|etc|vs|cf|approx|resp|no|fig|dr|mr|mrs|ms|st|z\.\s?b|d\.\s?h|bzw|usw|ca|nr|p\.\s?ex|sr|sra)\.\s*$/i
/** The segmenter may look far ahead; a window keeps that bounded. */
const windowLength = 8000

/** Cuts prose into sentences. Joined, they are the text again, white space included. */
export function splitSentences(text: string): string[] {
  const sentences: string[] = []
  for (let start = 0; start < text.length; start += windowLength) {
    const window = text.slice(start, start + windowLength)
    // The segmenter takes every line break for an end; in Markdown it is a space.
    const level = window.replace(/[\r\n\u2028\u2029]/g, ' ')
    for (const { segment, index } of segmenter.segment(level)) {
      const piece = window.slice(index, index + segment.length)
      const last = sentences.at(-1)
      if (last !== undefined && last.length < windowLength && goesOn(last))
        sentences[sentences.length - 1] = last + piece
      else sentences.push(piece)
    }
  }
  return sentences
}

function goesOn(sentence: string): boolean {
  return abbreviation.test(sentence.slice(-20))
}
