import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

/** Something that can be imported, as its declaration file says it. */
export interface Declared {
  name: string
  /** The docstring without its stars; empty where there is none. */
  words: string
  /** The declaration with what is said inside it. */
  code: string
}

/** What an entry of the built package exports, in the order of its files; names from `leftOut` files are not among them. */
export function readDeclarations(types: string, file: string, leftOut: ReadonlySet<string>): Declared[] {
  const seen = new Set<string>()
  const all = new Map<string, Declared>()
  const follow = (path: string, only: ReadonlySet<string> | null): void => {
    const visit = `${path} ${only === null ? '*' : [...only].join()}`
    if (leftOut.has(path) || seen.has(visit)) return
    seen.add(visit)
    const text = readFileSync(join(types, path), 'utf8')
    for (const one of declarationsIn(text)) {
      if ((only === null || only.has(one.name)) && !all.has(one.name)) all.set(one.name, one)
    }
    for (const { names, from } of passedOn(text)) {
      const wanted = names === null ? only : names.filter((name) => only === null || only.has(name))
      if (wanted !== null && [...wanted].length === 0) continue
      follow(`${posix.join(posix.dirname(path), from)}.d.ts`, wanted === null ? null : new Set(wanted))
    }
  }
  follow(file, null)
  return [...all.values()]
}

const starts = /^(?:\/\*\*|export |declare |import |type |interface |\}? ?from )/

/** Statements at the left edge, each with the docstring before it. */
function declarationsIn(text: string): Declared[] {
  const found: Declared[] = []
  let words = ''
  let lines: string[] = []
  const close = () => {
    const code = lines.join('\n').trim()
    const name = /^export (?:declare )?(?:abstract )?(?:class|function|const|interface|type|let) (\w+)/.exec(code)?.[1]
    if (name !== undefined && !/^export type \{/.test(code)) {
      const known = found.find((one) => one.name === name)
      // Further forms of a function belong to the first.
      if (known) known.code += `\n${code}`
      else found.push({ name, words, code })
      words = ''
    }
    lines = []
  }
  const rows = text.split('\n')
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? ''
    if (starts.test(row)) close()
    if (row.startsWith('/**')) {
      const end = rows.findIndex((one, index) => index >= at && one.includes('*/'))
      words = wordsOf(rows.slice(at, end + 1).join('\n'))
      at = end
    } else lines.push(row)
  }
  close()
  return found
}

function wordsOf(comment: string): string {
  return comment
    .replace(/^\/\*\*\s?|\s*\*\/$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''))
    .join('\n')
    .trim()
}

/** What a file exports of others: all, or these names. */
function passedOn(text: string): { names: string[] | null; from: string }[] {
  return [...text.matchAll(/^export (?:type )?(\*|\{([^}]*)\}) from ['"](\.[^'"]+)\.js['"]/gm)].map((found) => {
    const [, what = '', list = '', from = ''] = found
    const names = list.split(',').map((name) =>
      name
        .trim()
        .replace(/^type /, '')
        .replace(/ as .*/, ''),
    )
    return { names: what === '*' ? null : names.filter(Boolean), from }
  })
}
