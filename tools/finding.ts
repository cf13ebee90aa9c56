/** One thing a checker refuses: where it is, what is wrong, and what to do instead. */
export interface Finding {
  /** Relative to the repository's root, with forward slashes. */
  file: string
  /** From 1. */
  line: number
  what: string
  instead: string
}

/** One line a terminal can turn into a link: `file:line  what; what to do instead`. */
export function describeFinding(finding: Finding): string {
  return `${finding.file}:${finding.line}  ${finding.what}; ${finding.instead}`
}

/** The line, from 1, on which the character at `offset` stands. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++
  return line
}
