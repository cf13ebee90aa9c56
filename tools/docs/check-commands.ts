import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from '../finding.ts'
import type { ProjectFile } from './project-files.ts'

/** Every npm script and every file a page tells people to run exists. Only blocks marked as shell are read. */
export function checkCommands(root: string, pages: readonly ProjectFile[], scripts: ReadonlySet<string>): Finding[] {
  return pages.flatMap((page) =>
    shellLines(page.text).flatMap(({ text, line }) =>
      unknownCommands(root, text, scripts).map((what) => ({
        file: page.path,
        line,
        what,
        instead: 'write a command that works in a fresh clone',
      })),
    ),
  )
}

/** What one shell line names that is not there. */
export function unknownCommands(root: string, line: string, scripts: ReadonlySet<string>): string[] {
  const runs = [...line.matchAll(/\bnpm (?:run (?:-s )?([\w:-]+)|(start|test)\b)/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  )
  const files = [...line.matchAll(/\bnode (?:--?[\w-]+(?: \.\/\S+)? )*([\w./-]+\.[cm]?[jt]s)\b/g)].map(
    (match) => match[1] ?? '',
  )
  return [
    ...runs.filter((script) => !scripts.has(script)).map((script) => `package.json has no script "${script}"`),
    ...files.filter((file) => !existsSync(join(root, file))).map((file) => `there is no ${file} to run`),
  ]
}

function shellLines(markdown: string): { text: string; line: number }[] {
  let inside = false
  return markdown.split('\n').flatMap((text, index) => {
    if (text.startsWith('```')) {
      inside = /^```(sh|bash|shell|console)\b/.test(text)
      return []
    }
    return inside ? [{ text, line: index + 1 }] : []
  })
}
