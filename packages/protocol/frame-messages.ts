import type { EndedReason } from './server-events.ts'

/**
 * Messages between the customer's page (the loader) and the frame, sent with `postMessage`.
 * The loader addresses Parlor's exact origin; the frame listens to `window.parent` alone.
 */
export type LoaderToFrame =
  | {
      type: 'parlor.start'
      token: string
      /** What `parlor.keep` handed over before a reload. */
      kept?: Kept
      /** Whether the page can keep anything over a reload. */
      can_keep: boolean
      locale?: string
      theme?: Partial<Record<ThemeToken, string>>
      color_scheme?: 'light' | 'dark' | 'auto'
      /** The page can put the frame away: it may offer a button that says `parlor.close`. */
      closable?: boolean
    }
  | { type: 'parlor.theme'; theme: Partial<Record<ThemeToken, string>>; color_scheme?: 'light' | 'dark' | 'auto' }

export type FrameToLoader =
  | { type: 'parlor.listening' }
  | { type: 'parlor.ready'; visitor: string }
  | { type: 'parlor.keep'; kept: Kept }
  | { type: 'parlor.ended'; reason: EndedReason | 'refused' | 'bad_token'; code: number }
  | { type: 'parlor.close' }

/** Enough to resume: a visitor and how far it has read. */
export interface Kept {
  visitor: { id: string; resume_key: string }
  last_seq: number
}

/** The only style names a page may set. Values are checked by the frame: colours and lengths. */
export const themeTokens = [
  'accent',
  'accent-text',
  'background',
  'surface',
  'text',
  'muted',
  'border',
  'radius',
  'font-size',
  'font-family',
] as const

export type ThemeToken = (typeof themeTokens)[number]
