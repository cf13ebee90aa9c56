import { type Finding, lineAt } from '../finding.ts'
import type { ProjectFile } from './project-files.ts'

/** Put together from pieces, so that this file is not its own finding. */
const folders = ['ho' + 'me', 'Us' + 'ers', 'ro' + 'ot', 'wo' + 'rk', 'work' + 'space']
const machinePath = new RegExp(`(?<![\\w.~@})*-])/(?:${folders.join('|')})/[\\w.-]|\\b[A-Z]:\\\\\\\\?Us${'ers'}`, 'g')
const temporaryPath = new RegExp(`/tm${'p'}/[\\w.-]`, 'g')
const registry = new RegExp(
  `//(?:regi${'stry'}|npm|pkgs?)[.-][\\w.-]+|\\b(?:regi${'stry'}|npm)\\.[a-z0-9.-]+\\.(?:org|com|net|io|dev|cn)\\b`,
  'gi',
)

const refused = [
  { pattern: machinePath, what: 'a path of one machine', instead: 'write it relative to the repository' },
  { pattern: temporaryPath, what: 'a path of one machine', instead: 'ask node:os for a temporary folder' },
  { pattern: registry, what: 'the host of a package registry', instead: "leave it to the reader's npm" },
]

/** No file says on which machine it was written or from where its packages came. */
export function checkOrigins(files: readonly ProjectFile[]): Finding[] {
  return files.flatMap(({ path, text }) =>
    refused.flatMap(({ pattern, what, instead }) =>
      [...text.matchAll(pattern)].map((match) => ({
        file: path,
        line: lineAt(text, match.index),
        what: `names ${what} (${match[0]})`,
        instead,
      })),
    ),
  )
}
