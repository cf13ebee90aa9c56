/** Languages the widget speaks, as ISO 639-1 codes. The first is spoken where no other fits. */
export const languages = ['en', 'de', 'fr', 'es', 'pt', 'it', 'ja', 'zh', 'ar'] as const

export type Language = (typeof languages)[number]

/** The first language of `tags` (BCP 47, best first) that the widget speaks; English where there is none. */
export function pickLanguage(tags: readonly (string | null | undefined)[]): Language {
  for (const tag of tags) {
    const primary = tag?.trim().toLowerCase().split(/[-_]/)[0]
    const found = languages.find((language) => language === primary)
    if (found) return found
  }
  return languages[0]
}

export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr'
}
