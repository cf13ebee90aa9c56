import { expect, test } from 'vitest'
import { readSmallTalk } from './read-small-talk.ts'

test.each([
  ['hi', 'greeting', 'en'],
  ['Hello there!', 'greeting', 'en'],
  ['Good morning, Ada', 'greeting', 'en'],
  ['Thanks, bye', 'goodbye', 'en'],
  ['hello, what can you do?', 'help', 'en'],
  ["What's your name?", 'identity', 'en'],
  ['Are you a human??', 'identity', 'en'],
  ['Grüß Gott', 'greeting', 'de'],
  ['Vielen Dank und tschüss!', 'goodbye', 'de'],
  ['Was kannst du?', 'help', 'de'],
  ['Ça va ?', 'greeting', 'fr'],
  ['À l’aide !', 'help', 'fr'],
  ['Comment t’appelles-tu ?', 'identity', 'fr'],
  ['¡Buenos días!', 'greeting', 'es'],
  ['¿Quién eres?', 'identity', 'es'],
  ['Olá, tudo bem?', 'greeting', 'pt'],
  ['Muito obrigado', 'thanks', 'pt'],
  ['Chi sei?', 'identity', 'it'],
  ['Grazie mille, arrivederci', 'goodbye', 'it'],
  ['hi 👋', 'greeting', 'en'],
])('"%s" is %s in %s', (message, kind, language) => {
  expect(readSmallTalk(message, 'Ada')).toEqual({ kind, language })
})

test.each([
  'hi, how do I set a timeout?',
  'Hello! Do you ship to Norway?',
  'thanks, and what about refunds',
  'help me install it',
  'Hallo, wie ändere ich mein Passwort?',
  'who are you selling to',
  'what is your refund policy',
  'thanks to whom',
  'Bonjour, quel est le délai ?',
  '',
  '???',
  `hi ${'very '.repeat(50)}`,
])('"%s" is not small talk', (message) => {
  expect(readSmallTalk(message, 'Ada')).toBeNull()
})
