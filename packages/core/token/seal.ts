import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Encrypts what the store must keep but must not be able to read: signing keys, customers' media tokens. */
export interface Seal {
  close(plain: Uint8Array): Uint8Array
  /** @throws Error when the box was changed, or closed under another secret. */
  open(box: Uint8Array): Uint8Array
}

const ivBytes = 12
const tagBytes = 16

/** AES-256-GCM under a key derived from the installation's secret (HKDF-SHA-256, RFC 5869). A box is iv, tag, ciphertext. */
export function sealWith(secret: string): Seal {
  const key = Buffer.from(hkdfSync('sha256', secret, 'parlor', 'seal-v1', 32))
  return {
    close: (plain) => {
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      const text = Buffer.concat([cipher.update(plain), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), text])
    },
    open: (box) => {
      const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, ivBytes), { authTagLength: tagBytes })
      decipher.setAuthTag(box.subarray(ivBytes, ivBytes + tagBytes))
      return Buffer.concat([decipher.update(box.subarray(ivBytes + tagBytes)), decipher.final()])
    },
  }
}
