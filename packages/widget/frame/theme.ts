import { type ThemeToken, themeTokens } from '@parlor/protocol'

const colour =
  /^(?:#(?:[\da-f]{3}|[\da-f]{4}|[\da-f]{6}|[\da-f]{8})|(?:rgb|rgba|hsl|hsla|hwb|lab|lch|oklab|oklch)\([\d\s.,%/+\-a-z]{1,80}\)|[a-z]{3,30})$/i
const length = /^(\d{1,3}(?:\.\d{1,3})?)(px|rem|em)?$/
const fontNames = /^[\p{L}\p{N}\s"',_-]{1,200}$/u

const checks: Record<ThemeToken, (value: string) => boolean> = {
  accent: isColour,
  'accent-text': isColour,
  background: isColour,
  surface: isColour,
  text: isColour,
  muted: isColour,
  border: isColour,
  radius: (value) => isLength(value, 0, 48),
  'font-size': (value) => isLength(value, 10, 32),
  'font-family': (value) => fontNames.test(value),
}

/** What may be taken over of a theme: known names with values of their kind. Everything else is dropped. */
export function checkTheme(theme: unknown): Partial<Record<ThemeToken, string>> {
  const checked: Partial<Record<ThemeToken, string>> = {}
  if (typeof theme !== 'object' || theme === null) return checked
  for (const token of themeTokens) {
    const value: unknown = Object.hasOwn(theme, token) ? (theme as Record<string, unknown>)[token] : undefined
    if (typeof value === 'string' && checks[token](value.trim())) checked[token] = value.trim()
  }
  return checked
}

function isColour(value: string): boolean {
  return colour.test(value)
}

/** A length between two bounds in pixels, where a rem counts as 16; `0` needs no unit. */
function isLength(value: string, least: number, most: number): boolean {
  const [, number, unit] = length.exec(value) ?? []
  if (number === undefined || (unit === undefined && Number(number) !== 0)) return false
  const pixels = Number(number) * (unit === 'px' || unit === undefined ? 1 : 16)
  return pixels >= least && pixels <= most
}

/** Black or white, whichever reads better on a colour given as three numbers from 0 to 255 (WCAG contrast). */
export function readableOn(red: number, green: number, blue: number): '#000' | '#fff' {
  const linear = (part: number) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4)
  const luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? '#fff' : '#000'
}
