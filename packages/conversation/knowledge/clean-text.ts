/** Text as the readers take it: `\n` line ends, no byte order mark, no NUL, no half signs. */
export function cleanText(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replaceAll('\0', '\uFFFD')
    .toWellFormed()
}

const longestFrontMatter = 20_000

/** Takes a YAML block off the top; of it only the title is read. */
export function takeFrontMatter(text: string): { title: string | null; body: string } {
  const head = text.slice(0, longestFrontMatter)
  if (!/^---[ \t]*\n/.test(head)) return { title: null, body: text }
  const close = /\n(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(head)
  const block = close ? head.slice(0, close.index) : ''
  // A rule at the top of a document is no front matter: there, keys follow at once.
  if (!close || !/^---[ \t]*\n\s*(?:#|[\w"'-]+[ \t]*:)/.test(block)) return { title: null, body: text }
  const title = /\ntitle[ \t]*:[ \t]*([^\n]+)/.exec(block)?.[1]?.trim() ?? ''
  return {
    title: title.replace(/^(["'])(.*)\1$/, '$2').trim() || null,
    body: text.slice(close.index + close[0].length),
  }
}

/** Takes HTML comments out of a stretch that holds no code block. One that is never closed stays as text. */
export function dropComments(text: string): string {
  if (!text.includes('<!--')) return text
  let kept = ''
  let from = 0
  const marks = /`[^`\n]*`|<!--/g
  for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
    if (mark[0] !== '<!--') continue
    const close = text.indexOf('-->', marks.lastIndex)
    if (close < 0) break
    kept += text.slice(from, mark.index)
    from = close + 3
    marks.lastIndex = from
  }
  return kept + text.slice(from)
}
