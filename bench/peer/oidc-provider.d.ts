/** The little of the package that the bench uses; it brings no types of its own. */
declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http'

  export interface Adapter {
    upsert(id: string, payload: Record<string, unknown>, expiresIn: number): Promise<void>
    find(id: string): Promise<Record<string, unknown> | undefined>
    destroy(id: string): Promise<void>
    consume(id: string): Promise<void>
    findByUid(uid: string): Promise<undefined>
    findByUserCode(userCode: string): Promise<undefined>
    revokeByGrantId(grantId: string): Promise<void>
  }

  export default class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>)
    callback(): RequestListener
  }
}
