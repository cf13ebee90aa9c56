import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkCoverage } from './check-coverage.ts'
import { readTestTitles } from './read-test-titles.ts'

let root: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'coverage-'))
  writeFileSync(join(root, 'a.test.ts'), "test('it works', () => {})\ntest.skip('it is off', () => {})\n")
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const row = (id: string, shownBy: string) => `| ${id} | words | ${shownBy} |`
const numbered = (letter: string, length: number) => Array.from({ length }, (_, index) => `${letter}${index + 1}`)
const all = [...numbered('B', 53), ...numbered('C', 24), ...numbered('Q', 25)].map((id) =>
  row(id, '`a.test.ts`: “it works”'),
)
const whats = (lines: string[]) => checkCoverage(root, lines.join('\n')).map(({ line, what }) => `${line} ${what}`)
const withFirst = (shownBy: string) => whats([row('B1', shownBy), ...all.slice(1)])

describe('the page of what is shown', () => {
  test('is whole when every statement names a test that is there, or says why not', () => {
    expect(whats(all)).toEqual([])
    expect(withFirst('later: with voice')).toEqual([])
    expect(withFirst('cannot apply: nobody builds it')).toEqual([])
    expect(withFirst('later: the sound; `a.test.ts`: “it works”<br>`a.test.ts`: “it works”')).toEqual([])
  })

  test.each([
    ['nothing', '', '1 B1 names no test'],
    ['an empty excuse', 'later:', '1 B1 names no test'],
    ['a file that is gone', '`b.test.ts`: “it works”', '1 B1 names b.test.ts, which is not there'],
    ['a title that is gone', '`a.test.ts`: “it worked”', '1 a.test.ts has no test “it worked”'],
    ['a test that is switched off', '`a.test.ts`: “it is off”', '1 a.test.ts has no test “it is off”'],
    ['a file alone', '`a.test.ts`: “it works”, `a.test.ts`', '1 B1 names a file without a title'],
  ])('is refused when a row names %s', (_, shownBy, what) => {
    expect(withFirst(shownBy)).toEqual([what])
  })

  test('is refused when a statement is missing, comes twice, is unknown, or too many are excused', () => {
    expect(whats(all.slice(1))).toEqual(['1 B1 has no row'])
    expect(whats(all.slice(0, -1))).toEqual(['1 Q25 has no row'])
    expect(whats([...all, all[0] as string])).toEqual(['103 B1 has a row too many'])
    expect(whats([...all, row('B54', 'later: x')])).toEqual(['103 B54 has a row too many'])
    const excused = Array.from({ length: 6 }, (_, index) => row(`B${index + 1}`, 'cannot apply: x'))
    expect(whats([...excused, ...all.slice(6)])).toEqual(['6 B6 is the sixth that cannot apply'])
  })
})

test('titles are read from every form of a test, and from nothing else', () => {
  const source = `
    describe('a group', () => {
      it('plain', f)
      test.each([['not a title', 1]])('in a table %s', f)
      it.each\`x\`('after a template', f)
      test(\`made of \${pieces}\`, f)
      test.todo('not yet')
      test.skipIf(x)('perhaps', f)
      other('not a test')
      test(title, f)
    })`
  expect([...readTestTitles('x.test.ts', source)]).toEqual(['plain', 'in a table %s', `made of \${pieces}`, 'perhaps'])
})
