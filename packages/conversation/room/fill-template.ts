/** Longer values are cut; characters. */
const longestValue = 200
/** Of names that stand in no text, most are mistakes or worse. */
const placeholder = /\{\{\s*([\p{L}\p{N}_.-]{1,64})\s*\}\}/gu

/**
 * Puts the session's variables where the owner's text names them, as `{{name}}` (contracts Q19). Once: what a value says is never
 * looked at again. Values are data that stands among instructions (decision 16): one line each, cut at 200 characters, and without
 * braces. A name nobody gave a value for stays as it is written.
 */
export function fillTemplate(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(placeholder, (whole, name: string) =>
    Object.hasOwn(values, name) ? asData(values[name] ?? '') : whole,
  )
}

function asData(value: string): string {
  const line = value
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[{}]/g, '')
    .trim()
  return [...line].slice(0, longestValue).join('')
}
