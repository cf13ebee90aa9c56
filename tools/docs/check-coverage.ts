import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from '../finding.ts'
import { readTestTitles } from './read-test-titles.ts'

export const coveragePage = 'acceptance/COVERAGE.md'
/** How many statements there are of each wire, by the letter they begin with. */
const statements = { B: 53, C: 24, Q: 25 }
const mostThatCannotApply = 5

interface CoverageRow {
  id: string
  line: number
  shownBy: string
}

/**
 * Every statement B1-B53, C1-C24 and Q1-Q25 has one row that names the tests which show it, or says `later:` or `cannot apply:` and why. Each
 * named file exists and has a test of that title.
 */
export function checkCoverage(root: string, page: string): Finding[] {
  const rows = rowsOf(page)
  const finding = (line: number, what: string, instead: string) => ({ file: coveragePage, line, what, instead })
  const numbered = Object.entries(statements).flatMap(([letter, count]) =>
    Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
  )
  const missing = numbered
    .filter((id) => !rows.some((row) => row.id === id))
    .map((id) => finding(1, `${id} has no row`, 'say what shows it'))
  const odd = rows
    .filter(({ id }, index) => !numbered.includes(id) || rows.findIndex((row) => row.id === id) !== index)
    .map(({ id, line }) => finding(line, `${id} has a row too many`, 'remove one'))
  const excused = rows
    .filter(({ shownBy }) => shownBy.startsWith('cannot apply:'))
    .slice(mostThatCannotApply)
    .map(({ id, line }) => finding(line, `${id} is the sixth that cannot apply`, 'show it'))
  const read = titleReader(root)
  const unshown = rows.flatMap((row) =>
    faultsOf(row, read).map((what) => finding(row.line, what, 'name a test that is there')),
  )
  return [...missing, ...odd, ...excused, ...unshown]
}

function rowsOf(page: string): CoverageRow[] {
  return page.split('\n').flatMap((text, index) => {
    const [, id, , shownBy] = /^\|\s*([BCQ]\d+)\s*\|(.*?)\|(.*)\|\s*$/.exec(text) ?? []
    return id === undefined || shownBy === undefined ? [] : [{ id, line: index + 1, shownBy: shownBy.trim() }]
  })
}

type TitleReader = (file: string) => Set<string> | null

/** Reads each file once. */
function titleReader(root: string): TitleReader {
  const known = new Map<string, Set<string> | null>()
  return (file) => {
    const path = join(root, file)
    if (!known.has(file)) known.set(file, existsSync(path) ? readTestTitles(path, readFileSync(path, 'utf8')) : null)
    return known.get(file) ?? null
  }
}

function faultsOf({ id, shownBy }: CoverageRow, read: TitleReader): string[] {
  const named = [...shownBy.matchAll(/`([^`]+)`: “([^”]+)”/g)].map(([, file = '', title = '']) => ({ file, title }))
  if (named.length === 0 && !/^(later|cannot apply): \S/.test(shownBy)) return [`${id} names no test`]
  if (named.length !== [...shownBy.matchAll(/\.test\.tsx?\b/g)].length) return [`${id} names a file without a title`]
  return named.flatMap(({ file, title }) => {
    const titles = read(file)
    if (titles === null) return [`${id} names ${file}, which is not there`]
    return titles.has(title) ? [] : [`${file} has no test “${title}”`]
  })
}
