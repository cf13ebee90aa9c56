/** Who we say we are; the first word is what robots.txt may name. */
export const userAgent = 'Parlor/0.1 (knowledge base reader)'
const ownName = 'parlor'

interface Rule {
  allows: boolean
  pattern: string
}

/** Rules beyond these are not read: no honest file has so many. */
const mostLines = 20_000
const longestPattern = 2000

/** Whether a robots.txt (RFC 9309) lets Parlor read a path, which begins with `/` and holds the query. */
export function isAllowedBy(robots: string, path: string): boolean {
  let best: Rule | null = null
  for (const rule of rulesFor(robots)) {
    if (!fits(rule.pattern, path)) continue
    const isLonger = best === null || rule.pattern.length > best.pattern.length
    const isKinder = best !== null && rule.pattern.length === best.pattern.length && rule.allows
    if (isLonger || isKinder) best = rule
  }
  return best?.allows ?? true
}

/** The groups that name us, all together; else those for everybody. */
function rulesFor(robots: string): Rule[] {
  const groups = { own: [] as Rule[], all: [] as Rule[] }
  let isNamed = false
  let agents: string[] = []
  let inRules = false
  for (const line of robots.slice(0, 512 * 1024).split(/\r\n|\r|\n/, mostLines)) {
    const [, key = '', text = ''] = /^\s*([a-z-]{1,20})\s*:([^#]*)/i.exec(line) ?? []
    const value = text.trim()
    const word = key.toLowerCase()
    if (word === 'user-agent') {
      if (inRules) agents = []
      inRules = false
      const name = (/^[a-z_-]+|^\*/i.exec(value)?.[0] ?? '').toLowerCase()
      agents.push(name)
      isNamed ||= name === ownName
    } else if (word === 'allow' || word === 'disallow') {
      inRules = true
      if (value === '' || value.length > longestPattern) continue
      const rule = { allows: word === 'allow', pattern: encode(value) }
      if (agents.includes(ownName)) groups.own.push(rule)
      if (agents.includes('*')) groups.all.push(rule)
    }
  }
  return isNamed ? groups.own : groups.all
}

/** `*` stands for anything, `$` at the end for the end. Goes through the path once for each piece. */
function fits(pattern: string, path: string): boolean {
  const isWhole = pattern.endsWith('$')
  const pieces = (isWhole ? pattern.slice(0, -1) : pattern).split('*')
  const [start = '', ...rest] = pieces
  if (!path.startsWith(start)) return false
  let at = start.length
  for (const [index, piece] of rest.entries()) {
    if (isWhole && index === rest.length - 1) return path.length - piece.length >= at && path.endsWith(piece)
    const found = path.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return !isWhole || at === path.length
}

/** Paths come percent-encoded out of `URL`; patterns are brought to the same form. */
function encode(pattern: string): string {
  return URL.canParse(pattern, 'http://a/') && pattern.startsWith('/')
    ? pattern.replace(/[^\x21-\x7e]/gu, (sign) => encodeURIComponent(sign.toWellFormed()))
    : pattern
}
