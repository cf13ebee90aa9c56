/** What `parlor login` made: an operator's right to act for an account, without a key in hand. */
export interface OperatorSession {
  id: string
  accountId: string
  keyId: string
  /** SHA-256 of the secret, hex. */
  digest: string
  createdAt: number
  expiresAt: number
  revokedAt: number | null
}

/** Operator sessions in a store. Every promise resolves after the change is durable. */
export interface OperatorSessionStore {
  insertOperatorSession(session: OperatorSession): Promise<void>
  findOperatorSessionByDigest(digest: string): Promise<OperatorSession | null>
  revokeOperatorSession(id: string, at: number): Promise<boolean>
}
