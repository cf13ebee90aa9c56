import { createSecretKey } from 'node:crypto'
import { fixedClock } from '@parlor/core/time'
import { type SigningKeys, signJwt } from '@parlor/core/token'
import { describe, expect, it } from 'vitest'
import { readUpload, signUpload, uploadSeconds } from './upload-token.ts'

const key = createSecretKey(Buffer.alloc(32, 7))
const signingKeys = {
  current: async () => ({ kid: 'k1', key }),
  find: async (kid: string) => (kid === 'k1' ? { projectId: 'project', key } : null),
} as unknown as SigningKeys
const clock = fixedClock()
const ports = { signingKeys, clock }
const issuedAt = clock.now() / 1000
const ticket = { baseId: 'base', documentId: 'document', mediaType: 'text/plain', issuedAt }

describe('an upload token', () => {
  it('says what it opens and whose key signed it, the same each time', async () => {
    const token = await signUpload(ports, 'project', ticket)
    expect(await readUpload(ports, token)).toEqual({ projectId: 'project', ticket })
    expect(await signUpload(ports, 'project', ticket)).toBe(token)
  })

  it('is over on the second it ends', async () => {
    const token = await signUpload(ports, 'project', ticket)
    const at = (ms: number) => readUpload({ signingKeys, clock: fixedClock(clock.now() + ms) }, token)
    await expect(at(uploadSeconds * 1000 - 1)).resolves.toBeDefined()
    await expect(at(uploadSeconds * 1000)).rejects.toMatchObject({ code: 'invalid_token' })
  })

  it('is none that the same key signed for something else, or in part', async () => {
    const claims = { jti: 'document', iat: issuedAt, exp: issuedAt + 60, use: 'parlor-upload', base: 'base', type: 'x' }
    await expect(readUpload(ports, signJwt(claims, 'k1', key))).resolves.toBeDefined()
    for (const change of [{ use: 'session' }, { use: undefined }, { base: undefined }, { type: 7 }]) {
      const token = signJwt({ ...claims, ...change }, 'k1', key)
      await expect(readUpload(ports, token)).rejects.toMatchObject({ code: 'invalid_token' })
    }
    await expect(readUpload(ports, signJwt(claims, 'k2', key))).rejects.toMatchObject({ code: 'invalid_token' })
  })
})
