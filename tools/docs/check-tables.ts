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

const errorsPage = 'docs/errors.md'

/** Every code has a row of code, status, meaning, what to do, in the words of the code itself; no row is unknown. */
export function checkErrorRows(codes: ErrorTable, page: string): Finding[] {
  const rows = codeRows(page)
  const findings: Finding[] = []
  for (const [code, { meaning, whatToDo }] of Object.entries(codes)) {
    const row = rows.find((each) => each.cells[0] === code)
    const wanted = `| \`${code}\` | status | ${meaning} | ${whatToDo} |`
    if (!row) {
      findings.push({ file: errorsPage, line: 1, what: `${code} has no row`, instead: `add ${wanted}` })
    } else if (!/^\d{3}|^–/.test(row.cells[1] ?? '')) {
      findings.push({ file: errorsPage, line: row.line, what: `${code} has no status`, instead: 'say how it is sent' })
    } else if (row.cells[2] !== meaning.replaceAll('`', '') || row.cells[3] !== whatToDo.replaceAll('`', '')) {
      findings.push({ file: errorsPage, line: row.line, what: `${code} reads otherwise in the code`, instead: wanted })
    }
  }
  for (const { line, cells } of rows) {
    if (cells[0] === undefined || cells[0] in codes) continue
    findings.push({ file: errorsPage, line, what: `no such code: ${cells[0]}`, instead: 'remove the row' })
  }
  return findings
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
