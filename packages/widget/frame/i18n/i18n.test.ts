import { describe, expect, test } from 'vitest'
import { words } from '../../element/refusal.ts'
import { directionOf, languages, pickLanguage } from '../../languages.ts'
import { en } from './en.ts'
import { fill, loadMessages } from './load-messages.ts'

const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort()

describe.each(languages.filter((language) => language !== 'en'))('%s', (language) => {
  test('has every message, in words of its own, with the same gaps to fill', async () => {
    const { language: spoken, messages } = await loadMessages(language)
    expect(spoken).toBe(language)
    expect(Object.keys(messages)).toEqual(Object.keys(en))
    const same = Object.keys(en).filter((key) => messages[key as keyof typeof en] === en[key as keyof typeof en])
    // "Conversation" and "Sources" are French as well, and the face needs no words.
    expect(same.filter((key) => !['face', 'sources', 'log'].includes(key))).toEqual([])
    for (const key of Object.keys(en) as (keyof typeof en)[]) {
      expect(messages[key].trim()).not.toBe('')
      expect(placeholders(messages[key])).toEqual(placeholders(en[key]))
    }
    expect(words[language].every((word) => word.length > 1 && !words.en.includes(word))).toBe(true)
  })
})

test('the first language that is spoken wins', () => {
  expect(pickLanguage(['pt-BR', 'en'])).toBe('pt')
  expect(pickLanguage([undefined, '', 'xx', 'ZH_hant', 'de'])).toBe('zh')
  expect(pickLanguage(['xx'])).toBe('en')
  expect(directionOf('ar')).toBe('rtl')
})

test('gaps are filled once, and only those that are known', () => {
  expect(fill('{a} and {b}', { a: '{b}', b: 1 })).toBe('{b} and 1')
  expect(fill('{constructor}', {})).toBe('{constructor}')
})
