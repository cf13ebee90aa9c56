const open = '\uE000'
const close = '\uE001'
/** A fenced block, which is left alone, or a code span: a run of backticks, up to the next run of the same length. */
const fenceOrSpan =
  /^ *(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^ *\1[`~]* *$|$(?![\s\S]))|(?<!`)(`+)(?!`)([^`]|[^`][\s\S]{0,400}?[^`])\2(?!`)/gm

/**
 * Puts signs of our own within the backticks of code spans, so that they outlive the reading of the Markdown around them:
 * `__proto__` must stay code, or it would be shown as a bold "proto".
 */
export function keepCodeMarks(markdown: string): string {
  return markdown
    .replace(/[\uE000\uE001]/g, '')
    .replace(fenceOrSpan, (whole, _fence, ticks?: string, code?: string) => {
      if (ticks === undefined || code === undefined) return whole
      return `${ticks}${open.repeat(ticks.length)}${code}${close.repeat(ticks.length)}${ticks}`
    })
}

/** Makes our signs backticks again; where a cut has parted a span, both are left out. */
export function restoreCodeMarks(text: string): string {
  const isWhole = text.split(open).length === text.split(close).length
  return text.replace(/[\uE000\uE001]/g, isWhole ? '`' : '')
}
