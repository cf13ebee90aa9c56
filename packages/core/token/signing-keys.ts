import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { type Clock, newId } from '../time/index.ts'
import type { Seal } from './seal.ts'
import type { SigningKey, SigningKeyStore } from './signing-key-store.ts'

/** How long tokens of a replaced signing key are still taken, in milliseconds. */
export const rotationGraceMs = 24 * 60 * 60 * 1000

export interface SigningKeys {
  /** The key to sign with, made when the project has none. */
  current(projectId: string): Promise<{ kid: string; key: KeyObject }>
  /** The key a token names, or null when it is unknown or retired. */
  find(kid: string): Promise<{ projectId: string; key: KeyObject } | null>
  /** Puts a new key in place; the old one's tokens are taken for a day more, or not at all with `now`. */
  rotate(projectId: string, when: 'gracefully' | 'now'): Promise<void>
}

/** Signing keys over a store. Opened keys are kept in memory by `kid`; what the row says of retiring is read each time. */
export function signingKeysOver(store: SigningKeyStore, seal: Seal, clock: Clock): SigningKeys {
  const opened = new Map<string, KeyObject>()
  const open = (row: SigningKey): KeyObject => {
    let key = opened.get(row.kid)
    if (key === undefined) {
      key = createSecretKey(seal.open(row.sealed))
      opened.set(row.kid, key)
    }
    return key
  }
  const make = (projectId: string): SigningKey => ({
    kid: newId(clock),
    projectId,
    sealed: seal.close(randomBytes(32)),
    createdAt: clock.now(),
    retiresAt: null,
  })
  return {
    current: async (projectId) => {
      let row = await store.findCurrentSigningKey(projectId)
      if (row === null) {
        row = make(projectId)
        await store.rotateSigningKey(row, clock.now() + rotationGraceMs)
      }
      return { kid: row.kid, key: open(row) }
    },
    find: async (kid) => {
      const row = await store.findSigningKey(kid)
      if (row === null || (row.retiresAt !== null && row.retiresAt <= clock.now())) return null
      return { projectId: row.projectId, key: open(row) }
    },
    rotate: (projectId, when) =>
      store.rotateSigningKey(make(projectId), clock.now() + (when === 'now' ? 0 : rotationGraceMs)),
  }
}
