import { refuseField } from '@parlor/core/errors'
import { sealWith } from '@parlor/core/token'
import { describe, expect, it } from 'vitest'
import { prepareHost, unsealText } from './prepare-host.ts'

const now = Date.UTC(2026, 0, 1)
const seal = sealWith('a secret for tests that is long enough')
const asked: string[] = []
const ports = {
  seal,
  clock: { now: () => now },
  mayBePlain: (url: URL) => url.host === 'media.internal:7880',
  async checkAddress(url: URL, field: readonly string[]) {
    asked.push(url.href)
    if (url.hostname === 'inward.example') throw refuseField([...field], 'address_refused', 'not on the open internet')
  },
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const token = (claims: object) => `${part({ alg: 'HS256' })}.${part(claims)}.signature`
const soon = now / 1000 + 60
const good = { exp: soon, sub: 'avatar', video: { roomJoin: true, room: 'theirs' } }
const prepare = (serverUrl: string, accessToken = token(good)) => prepareHost(ports, { serverUrl, accessToken })

describe('a media server the customer brings', () => {
  it('is kept with its token closed', async () => {
    const host = await prepare('wss://media.example')
    expect(host.serverUrl).toBe('wss://media.example')
    expect(host.sealedToken).not.toContain(token(good))
    expect(unsealText(seal, host.sealedToken)).toBe(token(good))
    expect(() => unsealText(sealWith('another secret that is long enough'), host.sealedToken)).toThrow()
    expect(asked).toEqual(['wss://media.example/'])
  })

  it('is taken without TLS only where the operator allows it', async () => {
    await expect(prepare('ws://media.example:7880')).rejects.toMatchObject({ code: 'validation_failed' })
    await expect(prepare('ws://media.internal:7880')).resolves.toBeDefined()
  })

  it.each([
    'https://media.example',
    'media.example',
    'file:///etc/passwd',
    'javascript:alert(1)',
    '',
    `wss://${'a'.repeat(3000)}.example`,
    'wss://inward.example',
  ])('is refused as an address: %.40s', async (url) => {
    await expect(prepare(url)).rejects.toMatchObject({
      code: 'validation_failed',
      faults: [{ path: ['host', 'serverUrl'] }],
    })
  })

  it.each([
    ['nothing', ''],
    ['no token', 'abc'],
    ['a token without signature', `${part({})}.${part(good)}.`],
    ['what is no JSON', `${part({})}.bm90IGpzb24.signature`],
    ['one that is over', token({ ...good, exp: now / 1000 })],
    ['one that never ends', token({ ...good, exp: undefined })],
    ['one whose end is no number', token({ ...good, exp: '9999999999' })],
    ['one that joins nothing', token({ ...good, video: { room: 'theirs' } })],
    ['one that joins no room of a name', token({ ...good, video: { roomJoin: true } })],
    ['one that joins a room without a name', token({ ...good, video: { roomJoin: true, room: '' } })],
    ['one that only says it may', token({ ...good, video: { roomJoin: 'true', room: 'theirs' } })],
    ['one that is longer than any', token({ ...good, more: 'x'.repeat(9000) })],
  ])('is refused with %s as its token', async (_, accessToken) => {
    await expect(prepare('wss://media.example', accessToken)).rejects.toMatchObject({
      code: 'validation_failed',
      faults: [{ path: ['host', 'accessToken'] }],
    })
  })
})
