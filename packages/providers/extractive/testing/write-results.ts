import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { askAll, countRows, isFirst, type QuestionSet, type Row, sayFigures } from './measure-answers.ts'
import { folders, openBase } from './open-base.ts'

/**
 * Writes the table of what is answered to each question of a set:
 * `node packages/providers/extractive/testing/write-results.ts QUESTIONS.json RESULTS.md`. Without names it takes the open
 * questions beside it.
 */
const [from, to] = process.argv.slice(2)
const questions = from === undefined ? `${import.meta.dirname}/questions-open.json` : resolve(from)
const results = to === undefined ? `${import.meta.dirname}/results-open.md` : resolve(to)

const base = await openBase(folders.pages)
const set = JSON.parse(readFileSync(questions, 'utf8')) as QuestionSet
const rows = await askAll(base, set)
await base.close()
const figures = sayFigures(countRows(rows)).replace(/, first text after.*$/, '')
writeFileSync(results, `${describe(figures)}\n${rows.map(renderRow).join('\n')}\n`)
console.log(figures)

function describe(line: string): string {
  return `# What the extractive brain answers

Made by \`node packages/providers/extractive/testing/write-results.ts\`; do not edit.

${line}.

| question | kind | cited | right |
|---|---|---|---|`
}

function renderRow(row: Row): string {
  const cited = row.sources.length === 0 ? '(refused)' : row.sources.join(', ')
  const right = row.isRight ? (row.pages.length === 0 || isFirst(row) ? 'yes' : 'yes, not first') : `no${wanted(row)}`
  return `| ${row.question.replaceAll('|', '\\|')} | ${row.kind} | ${cited} | ${right} |`
}

function wanted({ pages }: Row): string {
  return pages.length === 0 ? '' : `: ${pages.join(' or ')}`
}
