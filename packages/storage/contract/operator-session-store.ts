import type { OperatorSession } from '@parlor/core/account'
import { expect } from 'vitest'
import { type ContractCase, describeCases, type OpenStores } from './contract-case.ts'
import { hostileTexts } from './samples.ts'

const session: OperatorSession = {
  id: 'operator',
  accountId: 'account',
  keyId: 'key',
  digest: 'ab'.repeat(32),
  createdAt: 1,
  expiresAt: 9,
  revokedAt: null,
}

export const operatorSessionStoreCases: readonly ContractCase[] = [
  {
    name: 'an operator session is found by its digest and by nothing else, and a digest is taken once',
    run: async ({ stores: { operatorSessions } }) => {
      await operatorSessions.insertOperatorSession(session)
      expect(await operatorSessions.findOperatorSessionByDigest(session.digest)).toEqual(session)
      for (const text of [...hostileTexts, session.id]) {
        expect(await operatorSessions.findOperatorSessionByDigest(text)).toBeNull()
      }
      const again = operatorSessions.insertOperatorSession({ ...session, id: 'again' })
      await expect(again).rejects.toMatchObject({ code: 'conflict' })
    },
  },
  {
    name: 'an operator session is revoked once and stays known',
    run: async ({ stores: { operatorSessions } }) => {
      const other = { ...session, id: 'other', digest: 'other' }
      await operatorSessions.insertOperatorSession(session)
      await operatorSessions.insertOperatorSession(other)
      expect(await operatorSessions.revokeOperatorSession('unknown', 5)).toBe(false)
      expect(await operatorSessions.revokeOperatorSession(session.id, 5)).toBe(true)
      expect(await operatorSessions.revokeOperatorSession(session.id, 7)).toBe(true)
      const found = await operatorSessions.findOperatorSessionByDigest(session.digest)
      expect(found).toEqual({ ...session, revokedAt: 5 })
      expect(await operatorSessions.findOperatorSessionByDigest('other')).toEqual(other)
    },
  },
]

export function describeOperatorSessionStore(open: OpenStores): void {
  describeCases('OperatorSessionStore', operatorSessionStoreCases, open)
}
