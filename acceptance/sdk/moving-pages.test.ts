import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorkspace, type Workspace } from './run-block.ts'

const pages = ['moving-from-konpro.md', 'moving-from-equos.md']

let workspace: Workspace
beforeAll(async () => {
  workspace = await openWorkspace()
}, 240_000)
afterAll(() => workspace?.remove())

test('the code on the pages about moving compiles against the package that is published', () => {
  const blocks = pages.flatMap((page) => {
    const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8')
    return [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = ''], index) =>
      workspace.write(`${page.replace('.md', '')}-${index}.ts`, code),
    )
  })
  expect(blocks).toHaveLength(6)
  expect(workspace.check()).toBe('')
})
