import { describe, expect, it } from 'vitest'
import { judgeCaller, judgeOrigin, type OriginPolicy } from './origin-policy.ts'

const boundTo = (audience: string, projectOrigins?: string[]): OriginPolicy => ({
  lists: [
    { name: 'session', domains: [], origins: [] },
    ...(projectOrigins ? [{ name: 'project' as const, domains: [], origins: projectOrigins }] : []),
  ],
  httpAllowed: true,
  audience,
})
const from = (origin: string | undefined, host = 'parlor.example') => ({ origin, host })

describe('a token bound to one origin (contracts 3.6)', () => {
  const policy = boundTo('https://shop.example')

  it('is taken from that origin', () => {
    expect(judgeCaller(policy, from('https://shop.example')).allowed).toBe(true)
  })

  it.each([
    'https://shop.example:8443',
    'http://shop.example',
    'https://shop.example/',
    'https://SHOP.example',
    'https://www.shop.example',
    'null',
    '',
  ])('is refused from %j, which differs in a letter or more, naming both', (origin) => {
    const verdict = judgeCaller(policy, from(origin))
    expect(verdict).toMatchObject({ allowed: false, rule: 'session_audience', origin })
    expect(verdict.allowed ? '' : verdict.message).toContain('["https://shop.example"]')
    expect(verdict.allowed ? '' : verdict.message).toContain(JSON.stringify(origin))
    expect(judgeOrigin(policy, origin).allowed).toBe(false)
  })

  it('is taken without an Origin where the call goes to the origin’s own host, and only there', () => {
    expect(judgeCaller(policy, from(undefined, 'shop.example')).allowed).toBe(true)
    expect(judgeCaller(boundTo('http://localhost:3001'), from(undefined, 'localhost:3001')).allowed).toBe(true)
    for (const host of ['parlor.example', 'shop.example:443', 'SHOP.example', undefined]) {
      const verdict = judgeCaller(policy, { origin: undefined, host })
      expect(verdict, String(host)).toMatchObject({ allowed: false, rule: 'session_audience', origin: host ?? '' })
    }
  })

  it('is taken from "null" or from an origin with a slash only where that is what it is bound to', () => {
    expect(judgeCaller(boundTo('null'), from('null')).allowed).toBe(true)
    expect(judgeCaller(boundTo(''), from(undefined, '')).allowed).toBe(true)
    expect(judgeCaller(boundTo('https://shop.example/'), from('https://shop.example')).allowed).toBe(false)
  })

  it('is judged by a strict project’s list as well', () => {
    const strict = boundTo('https://shop.example', ['https://other.example'])
    expect(judgeCaller(strict, from('https://shop.example'))).toMatchObject({ allowed: false, rule: 'project_sites' })
    expect(judgeCaller(boundTo('null', ['https://other.example']), from('null')).allowed).toBe(false)
    expect(judgeCaller(strict, from(undefined, 'shop.example'))).toMatchObject({
      allowed: false,
      rule: 'project_sites',
      origin: 'https://shop.example',
    })
    const approved = boundTo('https://shop.example', ['https://shop.example'])
    expect(judgeCaller(approved, from(undefined, 'shop.example')).allowed).toBe(true)
  })
})

it('a token bound to no origin is taken from no browser at all', () => {
  const policy = { lists: [{ name: 'session' as const, domains: ['shop.example'], origins: [] }], httpAllowed: false }
  expect(judgeCaller(policy, from(undefined)).allowed).toBe(true)
  expect(judgeCaller(policy, from('https://evil.example')).allowed).toBe(false)
})
