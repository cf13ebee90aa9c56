import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readDeclarations } from './read-declarations.ts'

let types: string
beforeAll(() => {
  types = mkdtempSync(join(tmpdir(), 'declarations-'))
  const files = {
    'index.d.ts': `export * from './all.js';\nexport { named, type Kind } from './some.js';\nexport type * from './left-out.js';\n`,
    'all.d.ts': `/**
 * Says hello.
 * @throws TypeError never.
 */
export declare function hello(): void;
export declare function hello(name: string): void;
/** A class. */
export declare class Thing {
    /** Its size. */
    size: number;
}
interface Hidden {
    a: 1;
}
`,
    'some.d.ts': `export declare const named: 1;\nexport declare const secret: 2;\nexport type Kind = {\n    a: string;\n};\n`,
    'left-out.d.ts': `export type Never = 1;\n`,
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(types, name), text)
})
afterAll(() => rmSync(types, { recursive: true, force: true }))

test('a reference has what can be imported, with what is said of it, and nothing else', () => {
  const found = readDeclarations(types, 'index.d.ts', new Set(['left-out.d.ts']))
  expect(found.map(({ name }) => name)).toEqual(['hello', 'Thing', 'named', 'Kind'])
  const [hello, thing, , kind] = found
  expect(hello?.words).toBe('Says hello.\n@throws TypeError never.')
  expect(hello?.code.split('\n')).toHaveLength(2)
  expect(thing?.code).toContain('/** Its size. */')
  expect(kind?.code).toBe('export type Kind = {\n    a: string;\n};')
})
