import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkTheme, readableOn } from './theme.ts'

test('takes colours, lengths and font names of their kind', () => {
  const theme = {
    accent: '#0b6e62',
    'accent-text': 'white',
    background: 'oklch(0.98 0.01 90 / 0.9)',
    surface: ' rgb(240, 238, 230) ',
    radius: '12px',
    'font-size': '1.125rem',
    'font-family': '"Source Sans 3", Georgia, serif',
  }
  expect(checkTheme(theme)).toEqual({ ...theme, surface: 'rgb(240, 238, 230)' })
})

test('drops names it does not know and values of another kind', () => {
  const refused = {
    accent: 'url(https://evil.example/x)',
    background: 'red; position: fixed',
    surface: 'var(--x)',
    text: 'expression(alert(1))',
    muted: 7,
    border: 'rgb(0,0,0) url(x)',
    radius: '100px',
    'font-size': '2px',
    'font-family': 'x; } body { display: none',
    position: 'fixed',
    __proto__: 'red',
  }
  expect(checkTheme(refused)).toEqual({})
  for (const odd of [null, undefined, 7, 'red', []]) expect(checkTheme(odd)).toEqual({})
})

test('nothing that can end a declaration or fetch something gets through', () => {
  const piece = fc.constantFrom(
    'red',
    '12px',
    'url(',
    'var(',
    'rgb(',
    '1',
    ')',
    ';',
    '{',
    '}',
    '/*',
    '\\',
    '@',
    '"',
    "'",
    ' ',
    'é',
  )
  const hostile = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(fc.constantFrom('accent', 'radius', 'font-family', 'font-size'), hostile, (token, value) => {
      const taken = Object.values(checkTheme({ [token]: value })).join('')
      expect(taken).not.toMatch(/[;{}\\@]|url\(|var\(|\/\*/i)
    }),
    { numRuns: 1000 },
  )
})

test('text on a colour is black or white, whichever reads better', () => {
  expect(readableOn(255, 183, 3)).toBe('#000')
  expect(readableOn(11, 110, 98)).toBe('#fff')
  expect(readableOn(255, 255, 255)).toBe('#000')
})
