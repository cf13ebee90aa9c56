import type { Language } from '../../languages.ts'
import { en, type Messages } from './en.ts'

/** One file per language, fetched when it is spoken; English is in the page already. */
const others: Record<Exclude<Language, 'en'>, () => Promise<{ messages: Messages }>> = {
  de: () => import('./de.ts'),
  fr: () => import('./fr.ts'),
  es: () => import('./es.ts'),
  pt: () => import('./pt.ts'),
  it: () => import('./it.ts'),
  ja: () => import('./ja.ts'),
  zh: () => import('./zh.ts'),
  ar: () => import('./ar.ts'),
}

/** The words of a language; `language` in the answer is English where the file could not be had. */
export async function loadMessages(language: Language): Promise<{ language: Language; messages: Messages }> {
  if (language === 'en') return { language, messages: en }
  try {
    return { language, messages: (await others[language]()).messages }
  } catch {
    return { language: 'en', messages: en }
  }
}

/** Fills the words in braces; one that is not given stays as it is. */
export function fill(message: string, values: Record<string, string | number>): string {
  return message.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  )
}
