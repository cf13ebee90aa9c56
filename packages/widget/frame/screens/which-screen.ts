import type { Connection } from '@parlor/live-client'
import { closeCodes } from '@parlor/protocol'
import type { Messages } from '../i18n/en.ts'

/** What a screen is about; the keys of its words begin so. */
export type ScreenTopic =
  | 'refused'
  | 'badToken'
  | 'expired'
  | 'ended'
  | 'limit'
  | 'failed'
  | 'replaced'
  | 'offline'
  | 'notFound'
  | 'tooFast'
  | 'internal'
  | 'notEmbedded'

export interface ScreenKind {
  topic: ScreenTopic
  /** The close code, or a word where no socket was involved: what `data-code` says. */
  code: string
  /** What the visitor can do here. */
  action?: 'retry' | 'use_here'
}

/** A fault may pass by itself this many times before it is worth a screen. */
const patience = 2

/** The screen a connection calls for; null where the talk can be shown as it is. */
export function whichScreen(connection: Connection): ScreenKind | null {
  if (connection.phase === 'closed') {
    const topic = topics[connection.code] ?? 'ended'
    return { topic, code: String(connection.code), ...(topic === 'replaced' ? { action: 'use_here' } : {}) }
  }
  if (connection.phase !== 'connecting' && connection.phase !== 'reconnecting') return null
  const { attempt, code } = connection
  if (code === closeCodes.tooFast) return { topic: 'tooFast', code: String(code) }
  if (code === closeCodes.internal && attempt >= patience) {
    return { topic: 'internal', code: String(code), action: 'retry' }
  }
  const isStuck = connection.phase === 'connecting' && (attempt >= patience || code === closeCodes.tryLater)
  return isStuck ? { topic: 'offline', code: 'offline', action: 'retry' } : null
}

const topics: Partial<Record<number, ScreenTopic>> = {
  [closeCodes.protocol]: 'failed',
  [closeCodes.badToken]: 'badToken',
  [closeCodes.originRefused]: 'refused',
  [closeCodes.replaced]: 'replaced',
  [closeCodes.expired]: 'expired',
  [closeCodes.revoked]: 'ended',
  [closeCodes.limitReached]: 'limit',
  [closeCodes.failed]: 'failed',
}

/** Heading, sentence and what to do. */
export function wordsOf(topic: ScreenTopic, text: Messages): { title: string; sentence: string; todo: string } {
  return { title: text[`${topic}Title`], sentence: text[`${topic}Text`], todo: text[`${topic}Do`] }
}
