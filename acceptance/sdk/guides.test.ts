import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorkspace, type Workspace } from './run-block.ts'

const pages = { 'sdk.md': 7, 'server-adapters.md': 4, 'react.md': 5 }
const installed = fileURLToPath(new URL('../../node_modules', import.meta.url))

let workspace: Workspace
beforeAll(async () => {
  workspace = await openWorkspace()
}, 240_000)
afterAll(() => workspace?.remove())

/** Everything else a site may have beside the package: the frameworks, their types, and what those stand on. */
function installRest(target: string): void {
  for (const name of readdirSync(installed)) {
    if (name.startsWith('.') || name === '@parlor') continue
    if (!existsSync(join(target, name))) symlinkSync(join(installed, name), join(target, name))
    else if (name.startsWith('@')) {
      for (const inner of readdirSync(join(installed, name))) {
        const place = join(target, name, inner)
        if (!existsSync(place)) symlinkSync(join(installed, name, inner), place)
      }
    }
  }
}

test('the code in the guides compiles against the package that is published', () => {
  for (const [page, count] of Object.entries(pages)) {
    const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8')
    const blocks = [...text.matchAll(/^```(tsx?)\n([\s\S]*?)^```$/gm)]
    expect([page, blocks.length]).toEqual([page, count])
    for (const [index, [, kind, code = '']] of blocks.entries()) {
      const file = workspace.write(`${page.replace('.md', '')}-${index}.${kind}`, code)
      const modules = join(dirname(file), 'node_modules')
      mkdirSync(modules, { recursive: true })
      installRest(modules)
    }
  }
  expect(workspace.check()).toBe('')
})
