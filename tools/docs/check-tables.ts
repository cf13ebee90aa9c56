import type { Finding } from '../finding.ts'

export interface Row {
  line: number
  /** The cells without backticks. */
  cells: string[]
}

/** The rows of every table of a page whose first cell is code, such as `` `PORT` ``. A cell with several names gives several rows. */
export function codeRows(markdown: string): Row[] {
  return markdown.split('\n').flatMap((text, index) => {
    if (!/^\|\s*`/.test(text)) return []
    const cells = text
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim())
    const names = [...(cells[0] ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '')
    const rest = cells.slice(1).map((cell) => cell.replaceAll('`', ''))
    return names.map((name) => ({ line: index + 1, cells: [name, ...rest] }))
  })
}

export type ErrorTable = Readonly<Record<string, { meaning: string; whatToDo: string }>>
/** How a wire shows each code; one calls it code, another name. */
export type WireTable = Readonly<Record<string, { status: number; code?: string; name?: string }>>

const errorsPage = 'docs/errors.md'

/** Every code has exactly the row its tables make, a column for each wire; no row is unknown. */
export function checkErrorRows(codes: ErrorTable, wires: readonly WireTable[], page: string): Finding[] {
  const lines = page.split('\n')
  const rows = codeRows(page)
  const findings: Finding[] = []
  for (const code of Object.keys(codes)) {
    const wanted = errorRow(code, codes, wires)
    const row = rows.find((each) => each.cells[0] === code)
    if (row && lines[row.line - 1] === wanted) continue
    const what = row ? `${code} reads otherwise in the code` : `${code} has no row`
    findings.push({ file: errorsPage, line: row?.line ?? 1, what, instead: `write ${wanted}` })
  }
  for (const { line, cells } of rows) {
    if (cells[0] === undefined || cells[0] in codes) continue
    findings.push({ file: errorsPage, line, what: `no such code: ${cells[0]}`, instead: 'remove the row' })
  }
  return findings
}

/** The row of one code: code, status and name on each wire, meaning, what to do. */
export function errorRow(code: string, codes: ErrorTable, wires: readonly WireTable[]): string {
  const shown = wires.map((wire) => `${wire[code]?.status} \`${wire[code]?.code ?? wire[code]?.name}\``)
  return `| ${[`\`${code}\``, ...shown, codes[code]?.meaning, codes[code]?.whatToDo].join(' | ')} |`
}

const setting = /\b(PARLOR_[A-Z_]+[A-Z]|PORT|HOST|DATABASE_URL|LIVEKIT_[A-Z_]+[A-Z])\b/g
const settingsPage = 'docs/settings.md'

/** The names of settings a source mentions. */
export function settingsIn(source: string): Set<string> {
  return new Set([...source.matchAll(setting)].map((match) => match[0]))
}

/** Every variable the server reads has a row, and every row is a variable the server or the command reads. */
export function checkSettingRows(server: string, command: string, page: string): Finding[] {
  const rows = codeRows(page)
  const read = settingsIn(server)
  const known = new Set([...read, ...settingsIn(command)])
  const missing = [...read]
    .filter((name) => !rows.some((row) => row.cells[0] === name))
    .map((name) => ({ file: settingsPage, line: 1, what: `${name} has no row`, instead: 'say what it does' }))
  const unknown = rows
    .filter((row) => !known.has(row.cells[0] ?? ''))
    .map((row) => ({
      file: settingsPage,
      line: row.line,
      what: `nothing reads ${row.cells[0]}`,
      instead: 'remove the row',
    }))
  return [...missing, ...unknown]
}
