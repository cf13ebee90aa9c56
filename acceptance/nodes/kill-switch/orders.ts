import type { Figures } from './watched-session.ts'

/** What the process with the visitors is told. */
export type Order =
  /** Visitors come to a session, one line at each of these ports. */
  | { do: 'come'; session: string; token: string; ports: number[] }
  /** A page calls `/chat/completions` with the token, at any node. */
  | { do: 'call'; session: string; token: string }
  /** These are about to be ended: their visitors make haste. */
  | { do: 'hurry'; sessions: string[] }
  /** The call that ends the session has returned, at this moment of the shared clock. */
  | { do: 'returned'; session: string; at: number }
  | { do: 'count' }
  | { do: 'report' }

export type Report = { open: number; wanted: number } | { figures: Figures }

/** The site all pages here belong to. */
export const site = 'https://shop.example'
