import { randomUUID } from 'node:crypto'
import type { SigningKey } from '@parlor/core/token'
import { expect } from 'vitest'
import { type ContractCase, describeCases, type OpenStores } from './contract-case.ts'

const key = (projectId: string, createdAt: number): SigningKey => ({
  kid: randomUUID(),
  projectId,
  sealed: Uint8Array.from([0, 255, 39, createdAt % 256]),
  createdAt,
  retiresAt: null,
})

export const signingKeyStoreCases: readonly ContractCase[] = [
  {
    name: 'the newest key is the current one, and older ones stay known with their end',
    run: async ({ stores: { signingKeys } }) => {
      const [first, second, third] = [key('p', 1), key('p', 2), key('p', 3)]
      expect(await signingKeys.findCurrentSigningKey('p')).toBeNull()
      await signingKeys.rotateSigningKey(first, 0)
      expect(await seen(signingKeys.findCurrentSigningKey('p'))).toEqual(first)
      await signingKeys.rotateSigningKey(second, 100)
      await signingKeys.rotateSigningKey(third, 200)
      expect(await seen(signingKeys.findCurrentSigningKey('p'))).toEqual(third)
      // The first one was to go at 100 already, and is not given more time.
      expect(await seen(signingKeys.findSigningKey(first.kid))).toEqual({ ...first, retiresAt: 100 })
      expect(await seen(signingKeys.findSigningKey(second.kid))).toEqual({ ...second, retiresAt: 200 })
      await signingKeys.rotateSigningKey(key('p', 4), 50)
      expect(await seen(signingKeys.findSigningKey(second.kid))).toEqual({ ...second, retiresAt: 50 })
    },
  },
  {
    name: "a rotation leaves other projects' keys alone",
    run: async ({ stores: { signingKeys } }) => {
      const [mine, theirs] = [key('mine', 1), key('theirs', 1)]
      await signingKeys.rotateSigningKey(mine, 0)
      await signingKeys.rotateSigningKey(theirs, 0)
      await signingKeys.rotateSigningKey(key('mine', 2), 10)
      expect(await seen(signingKeys.findCurrentSigningKey('theirs'))).toEqual(theirs)
      expect(await signingKeys.findSigningKey("'; --")).toBeNull()
    },
  },
  {
    name: 'a rotation that cannot be written retires nothing',
    run: async ({ stores: { signingKeys } }) => {
      const first = key('p', 1)
      await signingKeys.rotateSigningKey(first, 0)
      await expect(signingKeys.rotateSigningKey({ ...key('p', 2), kid: first.kid }, 10)).rejects.toMatchObject({
        code: 'conflict',
      })
      expect(await seen(signingKeys.findCurrentSigningKey('p'))).toEqual(first)
    },
  },
]

/** With its bytes as plain bytes, whichever view of them the store gives. */
async function seen(found: Promise<SigningKey | null>): Promise<SigningKey | null> {
  const row = await found
  return row === null ? null : { ...row, sealed: Uint8Array.from(row.sealed) }
}

export function describeSigningKeyStore(open: OpenStores): void {
  describeCases('SigningKeyStore', signingKeyStoreCases, open)
}
