import type { Language } from '../languages.ts'
import { makeElement } from './make-element.ts'

/** Why there is no widget, as `/embed/check` says it, or in the same shape by a rule of our own. */
export interface Refusal {
  /** A rule of the server, or `unavailable`, `silent`, `bad_setup` of our own. */
  rule: string
  /** What to do, in English, for the owner of the page. */
  message?: string
  /** The origin the server saw. */
  origin?: string
  request_id?: string
}

/** Asks whether this page may embed the session; null when it may. A blocked frame could not say so itself. */
export async function checkSite(base: string, session: string): Promise<Refusal | null> {
  try {
    const answer = await fetch(`${base}embed/check?session=${encodeURIComponent(session)}`, { cache: 'no-store' })
    return judge(await answer.json())
  } catch {
    return judge(null)
  }
}

/** What an answer of `/embed/check` means; anything that is not one counts as unavailable. */
export function judge(answer: (Partial<Refusal> & { allowed?: unknown }) | null): Refusal | null {
  if (answer?.allowed === true) return null
  return typeof answer?.rule === 'string' ? (answer as Refusal) : { rule: 'unavailable' }
}

/** The few words the loader itself needs, for the frame is not there when it speaks: what is wrong, and to try again. */
export const words: Record<Language, readonly [string, string]> = {
  en: ['Chat unavailable', 'Try again'],
  de: ['Chat nicht verfügbar', 'Erneut versuchen'],
  fr: ['Chat indisponible', 'Réessayer'],
  es: ['Chat no disponible', 'Reintentar'],
  pt: ['Chat indisponível', 'Tentar de novo'],
  it: ['Chat non disponibile', 'Riprova'],
  ja: ['チャットを利用できません', '再試行'],
  zh: ['聊天不可用', '重试'],
  ar: ['الدردشة غير متاحة', 'أعد المحاولة'],
}

/** What stands where the widget would be: the reason, what was seen, and a way to try again where that can help. */
export function drawRefusal(
  { rule, message, origin, request_id }: Refusal,
  locale: string,
  retry: () => void,
): Element {
  const [title, again] = words[locale.slice(0, 2).toLowerCase() as Language] ?? words.en
  const button = makeElement('button', { 'data-parlor': 'retry' }, again)
  button.onclick = retry
  const canRetry = rule === 'unavailable' || rule === 'silent'
  const seen = [`rule: ${rule}`, origin && `origin: ${origin}`, request_id && `request: ${request_id}`]
  return makeElement(
    'div',
    { class: 'screen', role: 'alert', 'data-parlor': 'screen', 'data-code': rule },
    makeElement('b', {}, title),
    makeElement('p', {}, message ?? ''),
    canRetry ? button : makeElement('small', {}, seen.filter(Boolean).join('\n')),
  )
}
