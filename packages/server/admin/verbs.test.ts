import {
  authenticateOperator,
  createAccount,
  createKey,
  createProject,
  type Key,
  logIn,
  logOut,
  operatorSessionMs,
  type Project,
  revokeKey,
  rotateSigningKey,
  setAccount,
} from '@parlor/core/account'
import { createSession, endSession, type Session } from '@parlor/core/session'
import { sealWith, signingKeysOver } from '@parlor/core/token'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../admission/house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

/** The verbs' ports over the house's own store. What hears of an ending is written down. */
function ports() {
  const { stores } = house.composed
  const told: string[] = []
  const fanOut = {
    sessionEnded: async (session: Session) => {
      told.push(session.id)
    },
  }
  const signingKeys = signingKeysOver(stores.signingKeys, sealWith('s'.repeat(40)), stores.clock)
  return { ...stores, signingKeys, fanOut, told, operatorAccountId: 'the-operator' }
}

let count = 0
function newName(): string {
  count += 1
  return `account ${count}`
}

/** An account with a project and so many open sessions in it. */
async function newcomer(sessions = 0) {
  const all = ports()
  const { account, project } = await createAccount(all, { name: newName() })
  const agent = await all.agents.agents.find(house.mine.agent)
  if (agent === null) throw new Error('the house has no agent')
  const own = { ...agent, id: `${account.id}-a`, accountId: account.id, projectId: project.id }
  await all.agents.agents.insert(own)
  const open = (where: Project) => openSession(all, { account, project: where, agentId: own.id })
  const made = await Promise.all(Array.from({ length: sessions }, () => open(project)))
  return { ...all, account, project, made, open }
}

type Ports = ReturnType<typeof ports>
type Place = { account: Awaited<ReturnType<typeof createAccount>>['account']; project: Project; agentId: string }

async function openSession(all: Ports, { account, project, agentId }: Place): Promise<Session> {
  const key = { id: null, projectId: project.id, maxDurationSeconds: null, scopes: ['write'] } as unknown as Key
  const wish = {
    kind: 'widget',
    agentId,
    domains: [],
    origins: [],
    features: { voiceInput: true, textInput: true, knowledgeBase: true },
    audioOnly: false,
    singleUse: false,
    metadata: null,
  } as const
  const made = await createSession({ ...all, httpAllowed: true, claims: () => ({}) }, { account, key }, wish, project)
  return made.session
}

const maker = (changes: Partial<Key> = {}, isOperator = false) => ({
  key: { scopes: ['read', 'write', 'consumer'] as Key['scopes'], maxDurationSeconds: null, ...changes },
  isOperator,
})
const fieldsOf = (code: string, field: string) => ({ code, faults: [{ path: expect.arrayContaining([field]) }] })

describe('an account', () => {
  it.each(['', '   ', 'x'.repeat(201), 'a\u0000b', 'a\nb', 'a\u001b[2Jb', '\ud800'])(
    'is not called %j',
    async (name) => {
      await expect(createAccount(ports(), { name })).rejects.toMatchObject(fieldsOf('validation_failed', 'name'))
    },
  )

  it('is called what others are not, trimmed, in any script', async () => {
    const name = `${newName()} 博物館`
    const { account } = await createAccount(ports(), { name: ` ${name} ` })
    expect(account.name).toBe(name)
    await expect(createAccount(ports(), { name })).rejects.toMatchObject({ code: 'conflict' })
  })

  it.each([
    [{ concurrency: -1 }, 'concurrency'],
    [{ concurrency: 1.5 }, 'concurrency'],
    [{ maxDurationSeconds: 0 }, 'maxDurationSeconds'],
    [{ maxDurationSeconds: 86_401 }, 'maxDurationSeconds'],
  ])('has ceilings in range: not %j', async (ceilings, field) => {
    const all = ports()
    const refused = fieldsOf('validation_failed', field)
    await expect(createAccount(all, { name: newName(), ...ceilings })).rejects.toMatchObject(refused)
    await expect(setAccount(all, house.mine.accountId, ceilings)).rejects.toMatchObject(refused)
  })

  it('that is suspended has no open session left, however many pages they fill, and each was told', async () => {
    const all = await newcomer(450)
    const { account, endedSessions } = await setAccount(all, all.account.id, { suspended: true })
    expect(endedSessions).toBe(450)
    expect(account.suspendedAt).not.toBeNull()
    expect(new Set(all.told)).toEqual(new Set(all.made.map(({ id }) => id)))
    const filter = { accountId: account.id, openAt: all.clock.now() }
    expect((await all.sessions.listSessions(filter, { offset: 0, limit: 1 })).total).toBe(0)
    expect(await all.sessions.findSession(all.made[449]?.id ?? '')).toMatchObject({ state: 'ended', reason: 'revoked' })
  })

  it('ends nothing of other accounts, and does not end twice', async () => {
    const [all, other] = [await newcomer(2), await newcomer(1)]
    await endSession(all, all.made[0]?.id ?? '', 'stopped')
    await setAccount(all, all.account.id, { suspended: true })
    expect(await all.sessions.findSession(all.made[0]?.id ?? '')).toMatchObject({ reason: 'stopped' })
    expect(await all.sessions.findSession(other.made[0]?.id ?? '')).toMatchObject({ state: 'issued' })
    expect((await setAccount(all, all.account.id, { suspended: true })).endedSessions).toBe(0)
  })

  it('keeps what a change does not name, and can go on', async () => {
    const all = await newcomer()
    await setAccount(all, all.account.id, { concurrency: 7, maxDurationSeconds: 60 })
    await setAccount(all, all.account.id, { suspended: true })
    const { account } = await setAccount(all, all.account.id, { suspended: false, concurrency: null })
    expect(account).toMatchObject({ concurrency: null, maxDurationSeconds: 60, suspendedAt: null })
    expect(await all.accounts.findAccount(all.account.id)).toEqual(account)
  })

  it('of the operator is not suspended', async () => {
    const all = await newcomer(1)
    const suspend = setAccount({ ...all, operatorAccountId: all.account.id }, all.account.id, { suspended: true })
    await expect(suspend).rejects.toMatchObject({ code: 'forbidden' })
    expect(all.told).toEqual([])
    await expect(setAccount(all, 'nobody', { suspended: true })).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a project', () => {
  it.each(['', 'A', 'a b', 'ä', 'x'.repeat(41), 'a/b', 'a\n'])('does not have the slug %j', async (slug) => {
    const made = createProject(ports(), house.mine.accountId, { name: 'x', slug })
    await expect(made).rejects.toMatchObject(fieldsOf('validation_failed', 'slug'))
  })

  it('has its slug once in its account', async () => {
    const [one, other] = [await newcomer(), await newcomer()]
    const wish = { name: 'Shop', slug: 'web_shop-1' }
    await createProject(one, one.account.id, wish)
    await expect(createProject(one, one.account.id, wish)).rejects.toMatchObject({ code: 'conflict' })
    await expect(createProject(one, other.account.id, wish)).resolves.toMatchObject({ slug: 'web_shop-1' })
  })
})

describe('a key', () => {
  it('acts in its own project alone unless the whole account is wished for', async () => {
    const all = { ...ports(), project: projectOf(house) }
    const make = async (wish: object) =>
      (await createKey(all, all.project, maker(), { kind: 'secret', name: 'k', ...wish })).key.isAccountWide
    expect([await make({}), await make({ isAccountWide: true })]).toEqual([false, true])
  })

  it('is kept as a digest alone, and found by its text', async () => {
    const all = await newcomer()
    const { key, plain } = await createKey(all, all.project, maker(), { kind: 'secret', name: 'k' })
    expect(JSON.stringify(await all.accounts.listKeys(all.account.id))).not.toContain(plain)
    expect(key.scopes).toEqual(['read', 'write'])
    await revokeKey(all, all.account.id, key.id)
    expect((await all.accounts.listKeys(all.account.id))[0]?.disabledAt).not.toBeNull()
    await expect(revokeKey(all, house.mine.accountId, key.id)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('has no scope its maker lacks, but one the maker’s imply', async () => {
    const { project, ...all } = await newcomer()
    const make = (scopes: string[], granted: Key['scopes']) =>
      createKey(all, project, maker({ scopes: granted }), { kind: 'secret', name: 'k', scopes })
    await expect(make(['write'], ['read'])).rejects.toMatchObject({ code: 'insufficient_scope' })
    await expect(make(['producer'], ['chat', 'write'])).rejects.toMatchObject({ code: 'insufficient_scope' })
    await expect(make(['chat', 'read'], ['producer', 'write'])).resolves.toMatchObject({
      key: { scopes: ['chat', 'read'] },
    })
    await expect(make(['read', 'root'], ['write'])).rejects.toMatchObject(fieldsOf('validation_failed', 'scopes'))
    await expect(make([], ['write'])).rejects.toMatchObject(fieldsOf('validation_failed', 'scopes'))
    expect(await all.accounts.listKeys(project.accountId)).toHaveLength(1)
  })

  it('makes no longer sessions than its maker’s, and goes without a limit only where an operator says so', async () => {
    const { project, ...all } = await newcomer()
    const short = maker({ maxDurationSeconds: 120 })
    const make = (wish: object, by = short) => createKey(all, project, by, { kind: 'secret', name: 'k', ...wish })
    expect((await make({})).key.maxDurationSeconds).toBe(120)
    expect((await make({ kind: 'client' })).key.maxDurationSeconds).toBe(120)
    await expect(make({ maxDurationSeconds: 121 })).rejects.toMatchObject({ code: 'validation_failed' })
    const unlimited = { rate: { limit: 0, windowSeconds: 60 } }
    await expect(make(unlimited)).rejects.toMatchObject({ code: 'forbidden' })
    expect((await make(unlimited, maker({}, true))).key.rateLimit).toBe(0)
  })

  it.each([
    ['expiresAt', { expiresAt: 1 }],
    ['expiresAt', { expiresAt: Number.NaN }],
    ['rateLimit', { rate: { limit: -1, windowSeconds: 60 } }],
    ['rateWindowSeconds', { rate: { limit: 1, windowSeconds: 0 } }],
    ['maxDurationSeconds', { maxDurationSeconds: 0 }],
    ['allowedOrigins', { allowedOrigins: ['https://a.example'] }],
    ['allowedOrigins', { kind: 'client' as const, allowedOrigins: ['https://*.example'] }],
    ['scopes', { kind: 'client' as const, scopes: ['read'] }],
  ])('is refused for its %s', async (field, wish) => {
    const made = createKey(ports(), projectOf(house), maker(), { kind: 'secret', name: 'k', ...wish })
    await expect(made).rejects.toMatchObject(fieldsOf('validation_failed', field))
  })
})

function projectOf({ mine }: House): Project {
  return { id: mine.projectId, accountId: mine.accountId } as Project
}

describe('rotating a signing key', () => {
  it('gracefully ends nothing; now ends what was signed before, in that project alone', async () => {
    const all = await newcomer(3)
    const shop = await createProject(all, all.account.id, { name: 'Shop', slug: 'shop' })
    const elsewhere = await all.open(shop)
    expect(await rotateSigningKey(all, all.project, 'gracefully')).toBe(0)
    const between = await all.open(all.project)
    expect(all.told).toEqual([])
    expect(await rotateSigningKey(all, all.project, 'now')).toBe(4)
    expect(new Set(all.told)).toEqual(new Set([...all.made, between].map(({ id }) => id)))
    expect(await all.sessions.findSession(elsewhere.id)).toMatchObject({ state: 'issued' })
    expect(await all.signingKeys.find(between.kid)).toBeNull()
    const later = await all.open(all.project)
    expect(await rotateSigningKey(all, shop, 'now')).toBe(1)
    expect(await all.sessions.findSession(later.id)).toMatchObject({ state: 'issued' })
  })
})

describe('an operator session', () => {
  async function loggedIn() {
    const all = await newcomer()
    const { key } = await createKey(all, all.project, maker(), { kind: 'secret', name: 'k' })
    const { plain, session } = await logIn(all, { key, account: all.account })
    return {
      ...all,
      key,
      plain,
      session,
      identify: (now = all.clock.now()) => authenticateOperator({ ...all, clock: { now: () => now } }, plain),
    }
  }

  it('acts as the key it was made with, and is kept as a digest', async () => {
    const { plain, session, key, identify, account } = await loggedIn()
    expect(plain).toMatch(/^prl_op_[0-9a-f]{64}$/)
    expect(JSON.stringify(session)).not.toContain(plain)
    expect(await identify()).toMatchObject({ key: { id: key.id }, account: { id: account.id } })
  })

  it('lasts 30 days', async () => {
    const { identify, session } = await loggedIn()
    await expect(identify(session.createdAt + operatorSessionMs - 1)).resolves.toBeTruthy()
    await expect(identify(session.createdAt + operatorSessionMs)).rejects.toMatchObject({ code: 'invalid_key' })
  })

  it('ends with its logout, by its own account alone', async () => {
    const all = await loggedIn()
    await expect(logOut(all, house.mine.accountId, all.plain)).rejects.toMatchObject({ code: 'not_found' })
    await logOut(all, all.account.id, all.plain)
    await expect(all.identify()).rejects.toMatchObject({ code: 'invalid_key' })
    await expect(logOut(all, all.account.id, all.plain)).resolves.toBeUndefined()
  })

  it('ends with its key, and waits while its account is suspended', async () => {
    const [one, two] = [await loggedIn(), await loggedIn()]
    await setAccount(one, one.account.id, { suspended: true })
    await expect(one.identify()).rejects.toMatchObject({ code: 'account_suspended' })
    await revokeKey(two, two.account.id, two.key.id)
    await expect(two.identify()).rejects.toMatchObject({ code: 'invalid_key' })
  })

  it.each([undefined, '', 'prl_op_', 'x'.repeat(10_000)])('is not %j', async (presented) => {
    await expect(authenticateOperator(ports(), presented)).rejects.toMatchObject({ code: /_key$/ })
  })
})
