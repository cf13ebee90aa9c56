import { reduceConnection } from '@parlor/live-client'
import { closeCodes, mayReconnect } from '@parlor/protocol'
import { expect, test } from 'vitest'
import { languages } from '../../languages.ts'
import { loadMessages } from '../i18n/load-messages.ts'
import { whichScreen, wordsOf } from './which-screen.ts'

const closedWith = (code: number) => {
  const started = reduceConnection({ phase: 'idle' }, { type: 'started' })
  return reduceConnection(started, { type: 'dropped', code, now: 0 })
}

test('every final close has a screen with its code, in every language', async () => {
  const topics = new Set<string>()
  for (const code of Object.values(closeCodes).filter((one) => !mayReconnect(one))) {
    const screen = whichScreen(closedWith(code))
    expect(screen?.code).toBe(String(code))
    for (const language of languages) {
      const words = wordsOf(screen?.topic ?? 'ended', (await loadMessages(language)).messages)
      expect(Object.values(words).every(Boolean)).toBe(true)
    }
    topics.add(screen?.topic ?? '')
  }
  expect([...topics].sort()).toEqual(['badToken', 'ended', 'expired', 'failed', 'limit', 'refused', 'replaced'])
})

test('a replaced talk can be brought back, an ended one cannot', () => {
  expect(whichScreen(closedWith(4409))?.action).toBe('use_here')
  expect(whichScreen(closedWith(4411))?.action).toBeUndefined()
})

test('a fault that may pass shows a screen only when it stays', () => {
  expect(whichScreen({ phase: 'open', since: 0, attempt: 0 })).toBeNull()
  expect(whichScreen({ phase: 'connecting', attempt: 1, code: 1006 })).toBeNull()
  expect(whichScreen({ phase: 'connecting', attempt: 2, code: 1006 })).toMatchObject({
    code: 'offline',
    action: 'retry',
  })
  expect(whichScreen({ phase: 'reconnecting', attempt: 9, code: 1006 })).toBeNull()
  expect(whichScreen({ phase: 'reconnecting', attempt: 1, code: 4500 })).toBeNull()
  expect(whichScreen({ phase: 'reconnecting', attempt: 2, code: 4500 })?.topic).toBe('internal')
  expect(whichScreen({ phase: 'reconnecting', attempt: 1, code: 4429 })?.topic).toBe('tooFast')
})
