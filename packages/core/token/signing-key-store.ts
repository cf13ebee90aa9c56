/** A key that signs session tokens, as it is stored. */
export interface SigningKey {
  /** Unique in the installation; a token's header names it. */
  kid: string
  projectId: string
  /** 32 random bytes, sealed under the installation's secret. */
  sealed: Uint8Array
  createdAt: number
  /** From when its tokens are refused; null while it is the project's current one. */
  retiresAt: number | null
}

/** Signing keys in a store. Every promise resolves after the change is durable. */
export interface SigningKeyStore {
  /** The project's newest key without an end. */
  findCurrentSigningKey(projectId: string): Promise<SigningKey | null>
  findSigningKey(kid: string): Promise<SigningKey | null>
  /** Adds the key and lets the project's other keys retire at `othersRetireAt` (those that already retire earlier stay). */
  rotateSigningKey(key: SigningKey, othersRetireAt: number): Promise<void>
}
