/** What a program speaks: the languages that may be asked for, in small letters, each with the file of its voice. */
export type Languages = ReadonlyMap<string, string>

const fallback = 'en'

/**
 * Reads what `espeak-ng --voices` prints: a line for each voice with priority, language, age, name, file and, in brackets,
 * other languages it may be asked for with, the smaller number first. By its file a voice takes a variant; by some languages
 * it does not (1.51).
 */
export function readLanguages(listing: string): Languages {
  const own = new Map<string, string>()
  const others: { language: string; file: string; rank: number }[] = []
  for (const line of listing.split('\n')) {
    const [, language, file] =
      /^\s*\d+\s+([A-Za-z0-9-]{1,40})\s+\S+\s+\S+\s+([A-Za-z0-9][A-Za-z0-9/_-]{0,80})(?:\s|$)/.exec(line) ?? []
    if (language === undefined || file === undefined) continue
    if (!own.has(language.toLowerCase())) own.set(language.toLowerCase(), file)
    for (const [, other = '', rank] of line.matchAll(/\(([a-z0-9-]{1,40}) (\d{1,3})\)/gi)) {
      others.push({ language: other.toLowerCase(), file, rank: Number(rank) })
    }
  }
  for (const { language, file } of others.toSorted((a, b) => a.rank - b.rank)) {
    if (!own.has(language)) own.set(language, file)
  }
  return own
}

/**
 * The voice nearest to a language (BCP 47): `de-AT` is German where it knows no Austrian. English where it
 * knows nothing near. What comes back is from the program's own list, whatever was asked for.
 */
export function chooseLanguage(language: string | null, languages: Languages): string {
  const parts = (language ?? '').toLowerCase().replaceAll('_', '-').split('-', 8)
  for (let count = parts.length; count > 0; count -= 1) {
    const file = languages.get(parts.slice(0, count).join('-'))
    if (file !== undefined) return file
  }
  return languages.get(fallback) ?? fallback
}
