import { readFileSync, writeFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { type BuiltSdk, buildSdk } from '../../packages/sdk/build.ts'
import type { Finding } from '../finding.ts'

const report = 'packages/sdk/api-report.md'

const head = `# The public API of @parlor/sdk

Made by \`npm run sdk:report\` from the declarations that are published; changes made here are lost. A change to it is a change for
callers, so \`npm run check\` fails until this page says the same. What the server's operations take and answer is not repeated: it
stands in [types/operations.ts](types/operations.ts) and [functions/operations.ts](functions/operations.ts), which are checked too.
`

const elsewhere: ReadonlySet<string> = new Set(['sdk/types/operations.d.ts', 'sdk/functions/operations.d.ts'])

/** Every entry and every declaration that can be reached from one, without comments, as the text of a page. */
export function renderReport({ dist, entries }: BuiltSdk): string {
  const types = join(dist, 'types')
  const texts = new Map<string, string>()
  const reach = (file: string): void => {
    if (texts.has(file) || elsewhere.has(file)) return
    const text = withoutComments(readFileSync(join(types, file), 'utf8'))
    texts.set(file, text)
    for (const [, specifier = ''] of text.matchAll(/(?:from |import\()['"](\.[^'"]+)\.js['"]/g))
      reach(`${posix.join(posix.dirname(file), specifier)}.d.ts`)
  }
  const lines = entries.map(({ name, built }) => {
    reach(`sdk/${built}.d.ts`)
    return `| \`${posix.join('@parlor/sdk', name)}\` | \`sdk/${built}\` |`
  })
  const files = [...texts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, text]) => `## ${file.replace(/\.d\.ts$/, '')}\n\n\`\`\`ts\n${text}\n\`\`\`\n`)
  return `${head}\n| import | file |\n|---|---|\n${lines.join('\n')}\n\n${files.join('\n')}`
}

/** A comment may be changed without asking anybody. */
function withoutComments(text: string): string {
  const code = text.replace(/^\s*\/\*\*.*?\*\/\n/gms, '').replace(/^\s*\/\/.*\n/gm, '')
  return code.replace(/\n{2,}/g, '\n').trim()
}

/** Whether the report says what is published. */
export function checkReport(root: string, built: BuiltSdk): Finding[] {
  const wanted = renderReport(built).split('\n')
  const there = readFileSync(join(root, report), 'utf8').split('\n')
  const line = wanted.findIndex((text, index) => text !== there[index])
  if (line < 0 && there.length === wanted.length) return []
  const what = `the public API has changed: ${wanted[line] ?? 'something is gone'}`
  return [
    { file: report, line: line + 1, what, instead: 'run npm run sdk:report, and look at what changes for callers' },
  ]
}

if (import.meta.main) {
  writeFileSync(join(import.meta.dirname, '../..', report), renderReport(await buildSdk()))
  console.log(`wrote ${report}`)
}
