import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { type BuiltSdk, buildSdk } from '../../packages/sdk/build.ts'
import type { Finding } from '../finding.ts'
import { type Declared, readDeclarations } from './read-declarations.ts'

const folder = 'docs/reference'
/** What the server's operations take and answer: thousands of lines that `/docs` of a running server shows better. */
const leftOut: ReadonlySet<string> = new Set(['sdk/types/operations.d.ts', 'sdk/types/index.d.ts'])

const note = 'Made by `npm run sdk:reference` from the docstrings of what is published; changes made here are lost.'

/** One page for each thing that can be imported, without those that only name a part of another. */
const pages: Readonly<Record<string, { title: string; entries: readonly string[] }>> = {
  sdk: { title: 'For backends', entries: ['.'] },
  functions: { title: 'Standalone functions', entries: ['./functions'] },
  browser: { title: 'For pages', entries: ['./browser', './browser/keep-token'] },
  react: { title: 'React', entries: ['./react'] },
  server: {
    title: 'Handlers for server frameworks',
    entries: ['./server/express', './server/fastify', './server/hono', './server/next'],
  },
  konpro: { title: "KonPro's clients", entries: ['./konpro'] },
  gram: { title: "Gram's client", entries: ['./gram', './gram/core.js', './gram/react-query'] },
  equos: { title: "Equos's clients", entries: ['./equos'] },
}

/** The pages by their file name. @throws Error for an entry nobody publishes any more. */
export function renderReference({ dist, entries }: BuiltSdk): Map<string, string> {
  const files = new Map<string, string>()
  const rows: string[] = []
  for (const [page, { title, entries: names }] of Object.entries(pages)) {
    const parts = names.map((name) => {
      const entry = entries.find((one) => one.name === name)
      if (entry === undefined) throw new Error(`Nothing is published as ${name}.`)
      const declared = readDeclarations(join(dist, 'types'), `sdk/${entry.built}.d.ts`, leftOut)
      return `## \`${posix.join('@parlor/sdk', name)}\`\n\n${declared.map(renderOne).join('\n')}`
    })
    files.set(`${page}.md`, `# ${title}\n\n${note}\n\n${parts.join('\n')}`)
    rows.push(
      `| [${title}](${page}.md) | ${names.map((name) => `\`${posix.join('@parlor/sdk', name)}\``).join(', ')} |`,
    )
  }
  const index = `# Reference of @parlor/sdk\n\n${note} How to begin: [the SDK](../sdk.md).
What operations take and answer is on \`/docs\` of a running server and in its \`/openapi.json\`, from which those types are made.

| page | import |\n|---|---|\n${rows.join('\n')}\n`
  return new Map([['README.md', index], ...files])
}

function renderOne({ name, words, code }: Declared): string {
  const [prose = '', ...examples] = words.split(/^@example\n?/m)
  const said = prose
    .replace(/^@throws /gm, '\nThrows ')
    .replace(/^@(\w+) /gm, '\n*$1* ')
    .trim()
  const shown = examples.map((example) => `\n\`\`\`ts\n${example.trim()}\n\`\`\`\n`).join('')
  return `### ${name}\n${said === '' ? '' : `\n${said}\n`}${shown}\n\`\`\`ts\n${code}\n\`\`\`\n`
}

/** Whether the pages say what the docstrings say. */
export function checkReference(root: string, built: BuiltSdk): Finding[] {
  return [...renderReference(built)].flatMap(([name, wanted]) => {
    const file = join(folder, name)
    if (readOrNull(join(root, file)) === wanted) return []
    return [{ file, line: 1, what: 'it is not what the docstrings say', instead: 'run npm run sdk:reference' }]
  })
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '../..')
  mkdirSync(join(root, folder), { recursive: true })
  const made = renderReference(await buildSdk())
  for (const [name, text] of made) writeFileSync(join(root, folder, name), text)
  console.log(`wrote ${made.size} pages into ${folder}`)
}
