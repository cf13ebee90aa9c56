import type { OpenBase } from './open-base.ts'

/** Questions with what answers them. `pages` lists every page that does; `near` marks a question about neighbouring software. */
export interface QuestionSet {
  onTopic: readonly { question: string; pages: readonly string[]; otherWords?: boolean }[]
  offTopic: readonly (string | { question: string; near?: boolean })[]
}

export interface Row {
  question: string
  kind: 'on topic' | 'on topic, other words' | 'off topic' | 'off topic, near'
  /** Pages that answer; none for a question off the topic. */
  pages: readonly string[]
  sources: readonly string[]
  isRight: boolean
  firstTextMs: number
}

export interface Figures {
  /** Shares of the questions, 0 to 1: a right page among the citations, a right page first, off-topic refused. */
  cited: number
  first: number
  refused: number
  citedInOtherWords: number
  refusedNear: number
  /** On the mean, over the answers that cite any. */
  citationsPerAnswer: number
  pagesPerAnswer: number
  medianFirstTextMs: number
}

/** Asks every question of a set and tells what was cited. */
export async function askAll(base: OpenBase, set: QuestionSet): Promise<Row[]> {
  const rows: Row[] = []
  for (const { question, pages, otherWords } of set.onTopic) {
    const { sources, firstTextMs } = await base.ask(question)
    const isRight = sources.some((source) => pages.includes(source))
    rows.push({
      question,
      kind: otherWords ? 'on topic, other words' : 'on topic',
      pages,
      sources,
      isRight,
      firstTextMs,
    })
  }
  for (const one of set.offTopic) {
    const { question, near = false } = typeof one === 'string' ? { question: one } : one
    const { sources, firstTextMs } = await base.ask(question)
    const kind = near ? 'off topic, near' : 'off topic'
    rows.push({ question, kind, pages: [], sources, isRight: sources.length === 0, firstTextMs })
  }
  return rows
}

/** The figures of a set. */
export function countRows(rows: readonly Row[]): Figures {
  const on = rows.filter(({ pages }) => pages.length > 0)
  const off = rows.filter(({ pages }) => pages.length === 0)
  const answers = on.filter(({ sources }) => sources.length > 0)
  const times = rows.map((row) => row.firstTextMs).sort((a, b) => a - b)
  return {
    cited: share(on, (row) => row.isRight),
    first: share(on, isFirst),
    refused: share(off, (row) => row.isRight),
    citedInOtherWords: share(
      on.filter(({ kind }) => kind === 'on topic, other words'),
      (row) => row.isRight,
    ),
    refusedNear: share(
      off.filter(({ kind }) => kind === 'off topic, near'),
      (row) => row.isRight,
    ),
    citationsPerAnswer: mean(answers.map(({ sources }) => sources.length)),
    pagesPerAnswer: mean(answers.map(({ sources }) => new Set(sources).size)),
    medianFirstTextMs: times[times.length >> 1] ?? 0,
  }
}

/** Whether a right page is cited first. */
export function isFirst({ pages, sources }: Row): boolean {
  return sources[0] !== undefined && pages.includes(sources[0])
}

/** One line for people. */
export function sayFigures(figures: Figures): string {
  const percent = (value: number) => `${Math.round(100 * value)} %`
  return [
    `right page cited ${percent(figures.cited)} (in other words ${percent(figures.citedInOtherWords)})`,
    `first ${percent(figures.first)}`,
    `off-topic refused ${percent(figures.refused)} (near ${percent(figures.refusedNear)})`,
    `${figures.citationsPerAnswer.toFixed(1)} citations of ${figures.pagesPerAnswer.toFixed(1)} pages per answer`,
    `first text after ${figures.medianFirstTextMs.toFixed(1)} ms (median)`,
  ].join(', ')
}

function share<T>(all: readonly T[], holds: (one: T) => boolean): number {
  return all.length === 0 ? 1 : all.filter(holds).length / all.length
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}
