export interface Printing {
  json?: boolean
}

/** A command's result: for machines as JSON and nothing else, for people in words. */
export function print<T>(value: T, { json }: Printing, describe: (value: T) => string): void {
  console.log(json === true ? JSON.stringify(value, null, 2) : describe(value))
}

/** What a server says may hold anything; a terminal obeys control characters, so they are shown instead. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, '�')
}

/** `1 session`, `2 sessions`. */
export function count(number: number, one: string): string {
  return `${number} ${one}${number === 1 ? '' : 's'}`
}

export type Columns<T> = Readonly<Record<string, (row: T) => string | number | null>>

/** Rows under headings, as wide as they need to be; a sentence where there are none. */
export function table<T>(rows: readonly T[], columns: Columns<T>, none: string): string {
  if (rows.length === 0) return none
  const cells = [
    Object.keys(columns).map((heading) => heading.toUpperCase()),
    ...rows.map((row) => Object.values(columns).map((read) => visible(String(read(row) ?? '–')))),
  ]
  const widths = Object.keys(columns).map((_, at) => Math.max(...cells.map((row) => widthOf(row[at] ?? ''))))
  return cells
    .map((row) =>
      row
        .map((cell, at) => cell + ' '.repeat((widths[at] ?? 0) - widthOf(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function widthOf(text: string): number {
  return [...text].length
}
