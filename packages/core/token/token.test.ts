import { createSecretKey, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJwt, signatureMatches, signJwt } from './jwt.ts'
import { sealWith } from './seal.ts'

const key = createSecretKey(randomBytes(32))
const claims = { jti: 'j', iat: 1, exp: 2, sub: 's' }
const token = signJwt(claims, 'kid', key)
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const verified = (text: string) => {
  const jwt = parseJwt(text)
  return jwt !== null && signatureMatches(jwt, key)
}

describe('session tokens', () => {
  it('are compact HS256 JWTs that name their signing key (B52)', () => {
    const [head = ''] = token.split('.')
    expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toEqual({ alg: 'HS256', typ: 'JWT', kid: 'kid' })
    expect(parseJwt(token)?.claims).toEqual(claims)
    expect(verified(token)).toBe(true)
  })

  it.each([
    ['no algorithm', { alg: 'none', typ: 'JWT', kid: 'kid' }],
    ['an asymmetric one', { alg: 'RS256', typ: 'JWT', kid: 'kid' }],
    ['another HMAC', { alg: 'HS512', typ: 'JWT', kid: 'kid' }],
    ['no key id', { alg: 'HS256', typ: 'JWT' }],
    ['a critical extension', { alg: 'HS256', typ: 'JWT', kid: 'kid', crit: ['b64'] }],
  ])('with %s in the header are not read at all', (_, header) => {
    expect(parseJwt(`${part(header)}.${part(claims)}.${token.split('.')[2]}`)).toBeNull()
  })

  it('do not verify under another key', () => {
    const jwt = parseJwt(token)
    expect(jwt && signatureMatches(jwt, createSecretKey(randomBytes(32)))).toBe(false)
  })

  it('change at any character into something that does not verify', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ '
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom(...alphabet), (at, char) => {
        if (token[at] === char) return
        expect(verified(token.slice(0, at) + char + token.slice(at + 1))).toBe(false)
      }),
      { numRuns: 3000 },
    )
  })

  it('read as null, never as an exception, when they are anything else', () => {
    const json = fc.json().map((text) => Buffer.from(text).toString('base64url'))
    const shaped = fc.tuple(json, json, fc.string()).map((parts) => parts.join('.'))
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), shaped), (text) => {
        expect(verified(text)).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })

  it('are not read beyond a size no token of ours has', () => {
    expect(parseJwt(signJwt({ ...claims, big: 'x'.repeat(9000) }, 'kid', key))).toBeNull()
  })
})

describe('sealed boxes', () => {
  it('open to what was closed, and only unchanged and under the same secret', () => {
    const seal = sealWith('secret one')
    const box = seal.close(Buffer.from('signing key'))
    expect(Buffer.from(seal.open(box)).toString()).toBe('signing key')
    expect(() => sealWith('secret two').open(box)).toThrow()
    for (let at = 0; at < box.length; at += 1) {
      const changed = Uint8Array.from(box)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(() => seal.open(changed)).toThrow()
    }
  })
})
