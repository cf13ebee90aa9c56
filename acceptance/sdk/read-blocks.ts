import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One piece of code of a document, as it stands there. */
export interface SeedBlock {
  file: string
  /** Of its first line. */
  line: number
  language: 'ts' | 'tsx'
  code: string
}

const fence = /^```(ts|typescript|tsx)\n([\s\S]*?)^```$/gm

/** Every TypeScript block of every document in a folder, in order. */
export function readBlocks(folder: string): SeedBlock[] {
  return readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const text = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n')
      return [...text.matchAll(fence)].map(({ index, 1: word, 2: code = '' }) => ({
        file,
        line: text.slice(0, index).split('\n').length + 1,
        language: word === 'tsx' ? ('tsx' as const) : ('ts' as const),
        code,
      }))
    })
}

/** Where each import path of the documents leads in Parlor's own package. */
const packages: readonly (readonly [RegExp, string])[] = [
  [/^konpro-sdk$/, '@parlor/sdk/konpro'],
  [/^@gram\/client(.*)$/, '@parlor/sdk/gram$1'],
  // The third document names no package at all.
  [/^$/, '@parlor/sdk/equos'],
]

/** The block with our package's names in its imports, and nothing else changed. @throws Error at a path nobody listed. */
export function moveImports(code: string): string {
  return code.replace(/(from )(["'])([^"']*)\2/g, (_, from: string, quote: string, path: string) => {
    const found = packages.find(([pattern]) => pattern.test(path))
    if (found === undefined) throw new Error(`No package of ours is listed for '${path}'.`)
    return `${from}${quote}${path.replace(found[0], found[1])}${quote}`
  })
}

/** What a placeholder stands for: the text before it that tells which it is, and the code to put in its place. */
export type Placeholders = readonly { after: string; placeholder: string; code: string }[]

/** The block with every placeholder replaced. @throws Error where one is left, and where nothing was replaced. */
export function fillPlaceholders(code: string, values: Placeholders): string {
  const filled = values.reduce(
    (text, { after, placeholder, code: value }) => text.replaceAll(`${after}${placeholder}`, () => `${after}${value}`),
    code,
  )
  const left = /: \.\.\.|"<value>"|\b\w+_example\b|YOUR API KEY/.exec(filled)
  if (left !== null) throw new Error(`Nothing is listed for ${left[0]}.`)
  return filled
}
