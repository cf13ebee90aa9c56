import { expect, test } from 'vitest'
import { stemWord } from './fold-word.ts'
import { readQuestion } from './read-question.ts'
import { splitSentences } from './split-sentences.ts'
import { collectKeywords, splitWords } from './split-words.ts'

test.each([
  ['maxParamLength', 'max param length'],
  ['setErrorHandler and set_cookie_header', 'set error handler cookie header'],
  ['HTTPServer', 'http server'],
  ['HTTP/2', 'http http2'],
  ['FST_ERR_CTP', 'fst err ctp'],
  ['plain words only', ''],
])('the parts of %s are searched beside it', (text, keywords) => {
  expect(collectKeywords(text)).toBe(keywords)
})

test('scripts without spaces are searched by pairs of signs', () => {
  expect(collectKeywords('返金は三十日')).toBe('返金 金は は三 三十 十日')
  expect(splitWords('คืนเงิน').length).toBeGreaterThan(2)
})

test('accents and case make no difference', () => {
  const folded = (text: string) => splitWords(text).map((word) => word.folded)
  expect(folded('Élève MÜLLER Straße')).toEqual(['eleve', 'muller', 'strasse'])
  expect(folded('Крайний ёлка Ώρες re\u0301sume\u0301')).toEqual(['краинии', 'елка', 'ωρες', 'resume'])
  expect(folded('العَرَبِيَّة')).toEqual(['العربية'])
})

test('marks that are vowels belong to their word', () => {
  expect(splitWords('हिन्दी में').map((word) => word.folded)).toEqual(['हिन्दी', 'में'])
})

test('the forms of a word have one stem', () => {
  for (const forms of [
    'validate validates validated validating validation',
    'stop stops stopped stopping',
    'plugin plugins',
    '영수증이 영수증은 영수증을',
  ]) {
    expect(new Set(forms.split(' ').map(stemWord)).size, forms).toBe(1)
  }
})

test.each([
  ['How do I set a timeout?', ['set', 'timeout']],
  ['Wie kann ich das Passwort ändern?', ['passwort', 'andern']],
  ['Comment est-ce que je peux changer le mot de passe ?', ['changer', 'mot', 'passe']],
  ['¿Cómo puedo cambiar la contraseña?', ['cambiar', 'contrasena']],
  ['Когда открыт музей?', ['открыт', 'музеи']],
  ['Πότε ανοίγει το μουσείο;', ['ανοιγει', 'μουσειο']],
  ['متى يفتح المتحف؟', ['يفتح', 'المتحف']],
  ['박물관이 언제 열어요?', ['박물관이', '열어요']],
  ['何時に開きますか', ['開き']],
  ['博物馆几点开门', ['博物', '开门']],
  ['what is it?', []],
])('the words of content in "%s"', (question, words) => {
  expect(readQuestion(question).map((term) => term.folded)).toEqual(words)
})

test('a question that is a whole page is cut to its first words', () => {
  expect(readQuestion(Array.from({ length: 5000 }, (_, n) => `word${n}x`).join(' ')).length).toBe(24)
})

test('sentences end where a reader ends them, not at abbreviations or line breaks', () => {
  const text = 'Use it, e.g. for tests.\nSee Node.js\nfor more. Then stop!'
  expect(splitSentences(text).map((one) => one.trim())).toEqual([
    'Use it, e.g. for tests.',
    'See Node.js\nfor more.',
    'Then stop!',
  ])
  expect(splitSentences(text).join('')).toBe(text)
})
