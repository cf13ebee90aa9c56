import { beforeEach, describe, expect, it } from 'vitest'
import type { EndSessionPorts } from '../session/end-session.ts'
import { fixedClock } from '../time/index.ts'
import { newProject } from './create-account.ts'
import {
  type AccountStore,
  changeProject,
  createProject,
  decideOrigin,
  deleteProject,
  type Key,
  mostProjectOrigins,
  type Project,
} from './index.ts'

const clock = fixedClock()
let projects: Map<string, Project>
let keys: Key[]
let accounts: AccountStore
let shop: Project
beforeEach(() => {
  shop = newProject(clock, 'a', 'shop', 'Shop')
  const standard = { ...newProject(clock, 'a', 'default', 'Default') }
  projects = new Map([shop, standard].map((one) => [one.id, one]))
  const key = { accountId: 'a', projectId: shop.id, isAccountWide: false, disabledAt: null }
  keys = [
    { ...key, id: 'bound' },
    { ...key, id: 'wide', isAccountWide: true },
    { ...key, id: 'elsewhere', projectId: standard.id },
  ] as Key[]
  accounts = {
    findProject: async (id: string) => structuredClone(projects.get(id)) ?? null,
    findProjectBySlug: async (_: string, slug: string) => [...projects.values()].find((p) => p.slug === slug) ?? null,
    updateProject: async (project: Project) => Boolean(projects.set(project.id, project)),
    listKeys: async () => keys,
    disableKey: async (_: string, id: string, at: number) => {
      keys = keys.map((one) => (one.id === id ? { ...one, disabledAt: at } : one))
      return true
    },
  } as Partial<AccountStore> as AccountStore
})

const decide = (origin: string, status: 'approved' | 'pending' | 'rejected') =>
  decideOrigin({ accounts }, 'a', shop.id, { origin, status })
const stored = () => projects.get(shop.id)

describe('what a project thinks of an origin', () => {
  it('stands in one place at a time, in canonical form', async () => {
    expect((await decide('HTTPS://A.example:443/', 'pending')).origin).toBe('https://a.example')
    expect(stored()).toMatchObject({
      allowedOrigins: [],
      originRequests: [{ origin: 'https://a.example', status: 'pending' }],
    })
    await decide('https://a.example', 'approved')
    await decide('https://a.example', 'approved')
    expect(stored()).toMatchObject({ allowedOrigins: ['https://a.example'], originRequests: [] })
    await decide('https://a.example', 'rejected')
    expect(stored()).toMatchObject({
      allowedOrigins: [],
      originRequests: [{ origin: 'https://a.example', status: 'rejected' }],
    })
  })

  it('loses no decision to another one made at the same time', async () => {
    const wanted = Array.from({ length: 20 }, (_, n) => `https://s${n}.example`)
    await Promise.all(wanted.map((origin) => decide(origin, 'approved')))
    expect(stored()?.allowedOrigins).toEqual(wanted)
  })

  it.each(['https://*.example', 'a.example', '', 'null'])('refuses %j, which is no origin', async (origin) => {
    await expect(decide(origin, 'approved')).rejects.toMatchObject({
      code: 'validation_failed',
      faults: [{ path: ['origin'] }],
    })
  })

  it('ends somewhere', async () => {
    for (let n = 0; n < mostProjectOrigins; n += 1) await decide(`https://s${n}.example`, 'approved')
    await expect(decide('https://more.example', 'approved')).rejects.toMatchObject({ code: 'validation_failed' })
    await decide('https://more.example', 'pending')
  })

  it('is another account’s business nowhere', async () => {
    const wish = { origin: 'https://a.example', status: 'approved' as const }
    await expect(decideOrigin({ accounts }, 'b', shop.id, wish)).rejects.toMatchObject({ code: 'not_found' })
    await expect(changeProject({ accounts }, 'b', shop.id, { strictOrigins: true })).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

describe('changing a project', () => {
  it('sets what is named and leaves the rest', async () => {
    await decide('https://a.example', 'pending')
    await changeProject({ accounts }, 'a', shop.id, { strictOrigins: true })
    await changeProject({ accounts }, 'a', shop.id, { allowedOrigins: ['https://a.example', 'https://b.example/'] })
    expect(stored()).toMatchObject({
      strictOrigins: true,
      allowedOrigins: ['https://a.example', 'https://b.example'],
      originRequests: [],
    })
  })
})

describe('deleting a project', () => {
  let asked: object[]
  const ports = (): EndSessionPorts & { accounts: AccountStore } => ({
    accounts,
    clock,
    fanOut: { sessionEnded: async () => {} },
    sessions: {
      listSessions: async (filter: object) => {
        asked.push(filter)
        return { items: [], total: 0 }
      },
    } as Partial<EndSessionPorts['sessions']> as EndSessionPorts['sessions'],
  })
  beforeEach(() => {
    asked = []
  })

  it('disables the keys bound to it, looks for its sessions, and keeps its slug', async () => {
    await deleteProject(ports(), 'a', shop.id)
    const deletedAt = clock.now()
    expect(stored()).toMatchObject({ deletedAt })
    expect(keys.map(({ id, disabledAt }) => [id, disabledAt])).toEqual([
      ['bound', deletedAt],
      ['wide', null],
      ['elsewhere', null],
    ])
    expect(asked[0]).toMatchObject({ accountId: 'a', projectId: shop.id })
    await expect(createProject({ accounts, clock }, 'a', { name: 'Shop', slug: 'shop' })).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(decide('https://a.example', 'approved')).rejects.toMatchObject({ code: 'not_found' })
    clock.advance(5)
    await deleteProject(ports(), 'a', shop.id)
    expect(stored()).toMatchObject({ deletedAt })
    expect(asked.length).toBeGreaterThan(1)
  })

  it('spares the default project and those of others', async () => {
    const [standard] = [...projects.values()].filter(({ slug }) => slug === 'default')
    await expect(deleteProject(ports(), 'a', standard?.id ?? '')).rejects.toMatchObject({ code: 'conflict' })
    await expect(deleteProject(ports(), 'b', shop.id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(deleteProject(ports(), 'a', 'unknown')).rejects.toMatchObject({ code: 'not_found' })
    expect([...projects.values()].every(({ deletedAt }) => deletedAt === null)).toBe(true)
  })
})
