import { refuseField } from '@parlor/core/errors'

const longestDocumentName = 300
const longestBaseName = 200
const longestUrl = 2048
/** Control signs, line ends, and signs that turn the direction of text: a name with them could pass for another. */
const hiddenSigns = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

/**
 * A document's name: a file name with its folders, or a URL.
 * @throws ParlorError `validation_failed`.
 */
export function checkDocumentName(name: string): string {
  const trimmed = checkName(name, longestDocumentName)
  if (trimmed.split(/[/\\]/).some((step) => step === '..' || step === '.')) {
    throw refuseField(['name'], 'not_allowed', 'it must not hold the folders "." or "..".')
  }
  return trimmed
}

/**
 * A knowledge base's name.
 * @throws ParlorError `validation_failed`.
 */
export function checkBaseName(name: string): string {
  return checkName(name, longestBaseName)
}

/**
 * A link visitors may open.
 * @throws ParlorError `validation_failed` for anything but an absolute http or https address.
 */
export function checkUrl(url: string): string {
  const parsed = url.length <= longestUrl && URL.canParse(url) ? new URL(url) : null
  if (!parsed || !['http:', 'https:'].includes(parsed.protocol)) {
    throw refuseField(
      ['url'],
      'not_allowed',
      `it must be an http or https address of at most ${longestUrl} characters.`,
    )
  }
  if (parsed.username || parsed.password) {
    throw refuseField(['url'], 'not_allowed', 'it must not hold a user name or password: visitors see it.')
  }
  return parsed.href
}

function checkName(name: string, longest: number): string {
  const trimmed = name.trim().normalize('NFC')
  if (trimmed === '') throw refuseField(['name'], 'missing', 'a name is needed.')
  if (trimmed.length > longest) throw refuseField(['name'], 'too_long', `it may have ${longest} characters.`)
  if (hiddenSigns.test(trimmed) || !trimmed.isWellFormed()) {
    throw refuseField(['name'], 'not_allowed', 'it must not hold control characters or signs that cannot be seen.')
  }
  return trimmed
}
