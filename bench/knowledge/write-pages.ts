import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const pages = join(import.meta.dirname, '../../packages/server/demo/knowledge')

export interface Page {
  name: string
  text: string
}

/** Makes up as many different pages as asked for, from the demo's pages. The same again each time. */
export function* writePages(): Generator<Page> {
  const texts = globSync('**/*.md', { cwd: pages })
    .filter((name) => name !== 'README.md')
    .sort()
    .map((name) => ({ name, text: readFileSync(join(pages, name), 'utf8') }))
  for (let round = 0; ; round++) {
    for (const { name, text } of texts) yield { name: `${round}/${name}`, text: varyWords(text, round) }
  }
}

/**
 * Gives every fourth word another ending, of which there are as many as a rare word needs to be rare: what is common in the
 * pages stays common, and the number of different words grows with the number of pages as it does in a library.
 */
function varyWords(text: string, round: number): string {
  if (round === 0) return text
  let count = 0
  return text.replace(/[A-Za-z]{5,}/g, (word) => {
    count += 1
    return count % 4 === 0 ? `${word}${endings[(round * 31 + count * 7) % endings.length]}` : word
  })
}

const syllables = ['ba', 'do', 'fi', 'gu', 'ke', 'lo', 'mi', 'nu', 'pa', 're', 'so', 'ti', 'vu', 'wa', 'zo']
const endings = syllables.flatMap((first) => syllables.map((second) => first + second))
