import fc from 'fast-check'
import { expect, it } from 'vitest'
import { admitOrigin, type OriginQuestion } from './admit-origin.ts'

const shop: OriginQuestion = {
  headers: [],
  frameSession: undefined,
  session: {
    id: 's1',
    settings: {
      features: { voiceInput: true, textInput: true, knowledgeBase: true },
      sites: { domains: ['shop.example', 'xn--bcher-kva.example'], origins: ['http://localhost:8080'] },
      audioOnly: false,
      singleUse: false,
      metadata: null,
    },
  },
  project: { strictOrigins: false, allowedOrigins: [] },
  publicOrigin: 'https://parlor.example',
  httpAllowed: false,
}
const open = {
  ...shop,
  session: { ...shop.session, settings: { ...shop.session.settings, sites: { domains: [], origins: [] } } },
}
const rule = (question: OriginQuestion) => {
  const answer = admitOrigin(question)
  return answer.allowed ? 'allowed' : answer.rule
}

it.each([
  [[], undefined, 'allowed'],
  [['https://shop.example'], undefined, 'allowed'],
  [['https://xn--bcher-kva.example:444'], undefined, 'allowed'],
  [['http://localhost:8080'], undefined, 'allowed'],
  [['http://localhost:8081'], undefined, 'session_sites'],
  [['https://www.shop.example'], undefined, 'session_sites'],
  [['null'], undefined, 'opaque_origin'],
  [['null'], 's1', 'opaque_origin'],
  [['https://shop.example', 'https://shop.example'], undefined, 'malformed_origin'],
  [['https://shop.example/'], undefined, 'malformed_origin'],
  [['https://user@shop.example'], undefined, 'malformed_origin'],
  [['https://shop.example https://evil.example'], undefined, 'malformed_origin'],
  [[''], undefined, 'malformed_origin'],
  [['https://parlor.example'], 's1', 'allowed'],
  [['HTTPS://Parlor.example'], 's1', 'allowed'],
  [['https://parlor.example'], 's2', 'frame_session_mismatch'],
  [['https://parlor.example'], undefined, 'frame_session_mismatch'],
  [['https://parlor.example:444'], 's1', 'session_sites'],
  [['http://parlor.example'], 's1', 'session_sites'],
])('%j in the frame of %s: %s', (headers, frameSession, expected) => {
  expect(rule({ ...shop, headers, frameSession })).toBe(expected)
})

it('lets any page use a session without lists, but nobody’s frame another session’s token', () => {
  expect(rule({ ...open, headers: ['https://anywhere.example'] })).toBe('allowed')
  expect(rule({ ...open, headers: ['null'] })).toBe('allowed')
  expect(rule({ ...open, headers: ['https://parlor.example'], frameSession: 's2' })).toBe('frame_session_mismatch')
})

it('asks the project, too, where it is strict', () => {
  const project = { strictOrigins: true, allowedOrigins: ['https://shop.example'] }
  expect(rule({ ...open, project, headers: ['https://shop.example'] })).toBe('allowed')
  expect(rule({ ...open, project, headers: ['https://else.example'] })).toBe('project_sites')
})

it('never throws and lets no strange header through', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.option(fc.string(), { nil: undefined }), (header, frameSession) => {
      expect(rule({ ...shop, headers: [header], frameSession })).not.toBe('allowed')
    }),
  )
})

it('knows itself by every name of this machine, on its own port alone', () => {
  const local = { ...shop, publicOrigin: 'http://127.0.0.1:3001', frameSession: 's1' }
  expect(rule({ ...local, headers: ['http://localhost:3001'] })).toBe('allowed')
  expect(rule({ ...local, headers: ['http://[::1]:3001'] })).toBe('allowed')
  expect(rule({ ...local, headers: ['http://localhost:3001'], frameSession: 's2' })).toBe('frame_session_mismatch')
  expect(rule({ ...local, headers: ['http://localhost:3002'] })).toBe('session_sites')
  expect(rule({ ...local, headers: ['http://localhost.evil.example:3001'] })).toBe('session_sites')
  expect(rule({ ...shop, headers: ['http://localhost:3001'], frameSession: 's1' })).toBe('session_sites')
})
