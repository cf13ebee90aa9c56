import { dropComments } from './clean-text.ts'

/** One line with what is known of it without looking at its neighbours. */
export interface Line {
  text: string
  /** Belongs to a fenced code block, its marks included. */
  fenced: boolean
}

interface Fence {
  mark: string
  length: number
}

/** Cuts a text into lines, knows its fenced code, and drops comments outside of it. */
export function scanLines(text: string): Line[] {
  const lines: Line[] = []
  let open: Fence | null = null
  let prose: string[] = []
  const flush = () => {
    if (prose.length === 0) return
    for (const line of dropComments(prose.join('\n')).split('\n')) lines.push({ text: line, fenced: false })
    prose = []
  }
  for (const line of text.split('\n')) {
    if (open) {
      lines.push({ text: line, fenced: true })
      if (closes(line, open)) open = null
      continue
    }
    open = opens(line)
    if (open) {
      flush()
      lines.push({ text: line, fenced: true })
    } else prose.push(line)
  }
  flush()
  return lines
}

const longestFenceLine = 400

function opens(line: string): Fence | null {
  if (line.length > longestFenceLine || !(line.includes('```') || line.includes('~~~'))) return null
  const fence = /^(`{3,})[^`]*$|^(~{3,})/.exec(withoutContainers(line))
  const mark = fence?.[1] ?? fence?.[2]
  return mark ? { mark: mark.charAt(0), length: mark.length } : null
}

function closes(line: string, fence: Fence): boolean {
  if (line.length > longestFenceLine) return false
  const rest = withoutContainers(line).trimEnd()
  return rest.length >= fence.length && rest === fence.mark.repeat(rest.length)
}

/** What is left of a line behind list marks, quote marks and indentation. */
export function withoutContainers(line: string): string {
  let rest = line.trimStart()
  for (;;) {
    const mark = /^(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))/.exec(rest)
    if (!mark) return rest
    rest = rest.slice(mark[0].length).trimStart()
  }
}
