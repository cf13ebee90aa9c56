import { digestKey } from '@parlor/core/account'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../admission/house.ts'
import type { CustomerSite } from './customer-site.ts'
import { startDemo } from './start-demo.ts'

let house: House
let site: CustomerSite | null
const said: string[] = []
let parlorUrl: URL

beforeAll(async () => {
  house = await openHouse()
  await house.composed.app.listen({ host: '127.0.0.1', port: 0 })
  const address = house.composed.app.server.address()
  parlorUrl = new URL(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`)
  site = await startDemo(house.composed.stores, parlorUrl, 0, (line) => said.push(line))
})
afterAll(async () => {
  await site?.close()
  await house.close()
})

describe('the demo', () => {
  it('says one line for each thing it makes, and where to look', () => {
    expect(said.join('\n')).toMatch(
      /made the account "Parlor demo".*made the knowledge base.*read \d+ documents.*made the agent.*Demo: open http/s,
    )
  })

  it('hands its page a token and nothing of its key, for its own origin and a quarter of an hour', async () => {
    const response = await fetch(new URL('/session', site?.url), { method: 'POST' })
    const text = await response.text()
    expect(response.status).toBe(200)
    expect(Object.keys(JSON.parse(text))).toEqual(['session_token', 'session_id', 'expires_at'])
    expect(text).not.toMatch(/prl_live|x-api-key/)
    const session = await house.composed.stores.sessions.findSession(JSON.parse(text).session_id)
    expect(session?.settings.sites.origins).toHaveLength(1)
    expect((session?.expiresAt ?? 0) - (session?.createdAt ?? 0)).toBeLessThanOrEqual(900_000)
  })

  it('serves its page under a policy that names nobody but itself and Parlor', async () => {
    const response = await fetch(site?.url ?? '')
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect([...policy.matchAll(/https?:\/\/[^\s;]+/g)].every(([url]) => url === parlorUrl.origin)).toBe(true)
    expect(await response.text()).toContain(`${parlorUrl.origin}/embed.js`)
  })

  it('goes on without its page where the port is taken', async () => {
    const lines: string[] = []
    const port = Number(new URL(site?.url ?? '').port)
    expect(await startDemo(house.composed.stores, parlorUrl, port, (line) => lines.push(line))).toBeNull()
    expect(lines.at(-1)).toContain('PARLOR_DEMO_PORT')
  })

  it('makes nothing twice', async () => {
    const again: string[] = []
    const second = await startDemo(house.composed.stores, parlorUrl, 0, (line) => again.push(line))
    await second?.close()
    expect(again).toHaveLength(1)
  })

  it('leaves alone a key that somebody else made in its account', async () => {
    const { accounts } = house.composed.stores
    const account = await accounts.findAccountByName('Parlor demo')
    const project = account && (await accounts.findProjectBySlug(account.id, 'default'))
    if (!project) throw new Error('the demo has no project')
    const plain = await house.makeKey({ ...house.mine, accountId: project.accountId, projectId: project.id })
    await (await startDemo(house.composed.stores, parlorUrl, 0, () => {}))?.close()
    expect((await accounts.findKeyByDigest(digestKey(plain)))?.key.disabledAt).toBeNull()
  })
})
