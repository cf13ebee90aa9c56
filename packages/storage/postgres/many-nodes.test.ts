import { randomUUID } from 'node:crypto'
import type { RequestRecord } from '@parlor/core/account'
import { end, join, type Session, type SessionCeilings } from '@parlor/core/session'
import { expect, test } from 'vitest'
import { avatar } from '../contract/part-samples.ts'
import {
  chatMessage,
  chunksOf,
  issuedEntry,
  sampleAccount,
  sampleBase,
  sampleChat,
  sampleDocument,
  sampleSession,
  sampleVisitor,
} from '../contract/samples.ts'
import { type PostgresStores, postgresNodeStore } from './index.ts'
import { withNodes } from './testing/open-many.ts'

const insert = (
  { sessions }: PostgresStores,
  session: Session,
  ceilings: Partial<SessionCeilings> = {},
): Promise<void> => sessions.insertSession(session, issuedEntry(session), { account: null, key: null, ...ceilings })

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i))
const fulfilled = (settled: readonly PromiseSettledResult<unknown>[]) =>
  settled.filter(({ status }) => status === 'fulfilled').length

test('of creations on three nodes at once, exactly as many as the ceiling allows succeed, round after round', () =>
  withNodes(3, async (nodes, { clock }) => {
    // Often, because two that count without waiting for each other do not always meet.
    for (const ceiling of times(12, (round) => [1, 7, 40][round % 3] ?? 0)) {
      const account = randomUUID()
      const made = nodes.flatMap((node) =>
        times(20, () => insert(node, sampleSession(clock.now(), { accountId: account }), { account: ceiling })),
      )
      expect(fulfilled(await Promise.allSettled(made))).toBe(ceiling)
      const { total } = await (nodes[0] as PostgresStores).sessions.listSessions(
        { accountId: account, openAt: clock.now() },
        { offset: 0, limit: 1 },
      )
      expect(total).toBe(ceiling)
    }
  }))

test('of a key’s creations on two nodes at once, exactly as many as its ceiling allows succeed, round after round', () =>
  withNodes(2, async (nodes, { clock }) => {
    for (const ceiling of times(12, (round) => [1, 7, 25][round % 3] ?? 0)) {
      const [keyId, other] = [randomUUID(), randomUUID()]
      const made = nodes.flatMap((node) =>
        times(30, () => insert(node, sampleSession(clock.now(), { keyId }), { account: 1_000_000, key: ceiling })),
      )
      const others = nodes.flatMap((node) =>
        times(5, () => insert(node, sampleSession(clock.now(), { keyId: other }), { key: 10 })),
      )
      expect(fulfilled(await Promise.allSettled(made))).toBe(ceiling)
      expect(fulfilled(await Promise.allSettled(others))).toBe(10)
      const { total } = await (nodes[0] as PostgresStores).sessions.listSessions(
        { accountId: 'account', keyId, openAt: clock.now() },
        { offset: 0, limit: 1 },
      )
      expect(total).toBe(ceiling)
    }
  }))

test('of endings on three nodes at once, one is written down, and every node is told the same end', () =>
  withNodes(3, async (nodes, { clock }) => {
    for (const session of times(12, () => sampleSession(clock.now()))) {
      await insert(nodes[0] as PostgresStores, session)
      const seen = await Promise.all(
        nodes.flatMap(({ sessions }, node) =>
          times(5, (index) =>
            sessions.changeSession(session.id, (now) => end(now, 'revoked', clock.now() + node * 10 + index)),
          ),
        ),
      )
      expect(new Set(seen.map((after) => after?.endedAt)).size).toBe(1)
      for (const { sessions } of nodes) expect(await sessions.listLedger(session.id)).toHaveLength(2)
    }
  }))

test('endings are numbered without gaps, and whoever reads one has read all before it', () =>
  withNodes(3, async (nodes, { url, clock }) => {
    const list = postgresNodeStore(url)
    const made = times(120, () => sampleSession(clock.now()))
    await Promise.all(made.map((session, index) => insert(nodes[index % 3] as PostgresStores, session)))
    const read: { number: number; sessionId: string }[] = []
    let isOver = false
    const reading = (async () => {
      while (!isOver || read.length < made.length) {
        const more = await list.listEndings(read.at(-1)?.number ?? 0, 1000)
        // Seen in this order or never: what comes below a number that was read already is lost to its reader.
        read.push(...more)
      }
    })()
    await Promise.all(
      made.map(async (session, index) => {
        const { sessions } = nodes[index % 3] as PostgresStores
        if (index % 2) await sessions.changeSession(session.id, (now) => join(now, sampleVisitor(now.id), clock.now()))
        await new Promise((resolve) => setImmediate(resolve))
        await sessions.changeSession(session.id, (now) => end(now, 'revoked', clock.now()))
      }),
    )
    isOver = true
    await reading
    expect(read.map(({ number }) => number)).toEqual(times(made.length, (index) => index + 1))
    expect(new Set(read.map(({ sessionId }) => sessionId))).toEqual(new Set(made.map(({ id }) => id)))
    await list.close()
  }))

test('a log that two nodes append to at once has no gap, and a message is counted once', () =>
  withNodes(2, async (nodes) => {
    const appended = nodes.flatMap(({ transcripts }) =>
      times(20, (index) =>
        transcripts.append('session', 'visitor', 1, (_, has) =>
          has(`m${index}`)
            ? null
            : { events: [{ type: 'told' }], messages: [{ id: `m${index}`, role: 'visitor', text: '', at: '' }] },
        ),
      ),
    )
    expect((await Promise.all(appended)).filter((one) => one !== null)).toHaveLength(20)
    const { transcripts } = nodes[1] as PostgresStores
    expect((await transcripts.listEvents('visitor', 0))?.map(({ seq }) => seq)).toEqual(times(20, (index) => index + 1))
    expect(await transcripts.readTail('session', 'visitor')).toMatchObject({ sessionMessages: 20, messages: 20 })
  }))

test('a chat that two nodes begin at once is begun by one and goes on with the other', () =>
  withNodes(2, async (nodes) => {
    for (let round = 0; round < 5; round += 1) {
      const begins = sampleChat()
      await Promise.all(
        nodes.map(({ chats }) =>
          chats.append({ projectId: begins.projectId, chatId: begins.id, sessionId: null }, 1, ({ chat }) => ({
            ...(chat === null && { begins }),
            messages: [chatMessage('a')],
          })),
        ),
      )
      expect(await nodes[0]?.chats.findChat(begins.projectId, begins.id)).toMatchObject({ messages: 2 })
    }
    expect((await nodes[0]?.chats.listChats({ projectId: 'project' }, { offset: 0, limit: 9 }))?.total).toBe(5)
  }))

test('of requests on three nodes with one idempotency key, one is new', () =>
  withNodes(3, async (nodes) => {
    const scope = { accountId: 'a', projectId: 'p', operation: 'o', key: 'k' }
    const begun = await Promise.all(
      nodes.flatMap(({ idempotency }) => times(10, () => idempotency.begin(scope, 'body', 1, 9))),
    )
    expect(begun.filter(({ outcome }) => outcome === 'new')).toHaveLength(1)
    expect(begun.filter(({ outcome }) => outcome === 'running')).toHaveLength(29)
  }))

test('sums and names are those of all nodes', () =>
  withNodes(3, async (nodes, { clock }) => {
    const agentId = randomUUID()
    const record: RequestRecord = {
      ...{ id: randomUUID(), accountId: 'mine', keyId: 'key', time: clock.now(), method: 'GET', path: '/' },
      ...{ operation: 'list', status: 200, userAgent: null, durationMs: 1, requestId: 'r', address: null },
    }
    const accounts = nodes.map((node) => node.accounts.insertAccount(sampleAccount({ name: 'Shop' })))
    expect(fulfilled(await Promise.allSettled(accounts))).toBe(1)
    await Promise.all(nodes.flatMap((node) => times(10, () => insert(node, sampleSession(clock.now(), { agentId })))))
    for (const { requests } of nodes) for (let made = 0; made < 10; made += 1) requests.record(record)
    await Promise.all(nodes.map(({ requests }) => requests.countRequestsInMonth('mine', clock.now())))
    for (const { agents, requests, sessions } of nodes) {
      expect(await agents.readUsage([agentId])).toMatchObject([{ totalSessions: 30 }])
      expect((await sessions.listSessions({ accountId: 'account' }, { offset: 0, limit: 1 })).total).toBe(30)
      expect(await requests.countRequestsInMonth('mine', clock.now())).toBe(30)
      expect((await requests.listRequests('mine', {}, { offset: 0, limit: 1 })).total).toBe(30)
    }
  }))

test('what one node remembers of a base is what another has made of it', () =>
  withNodes(2, async ([here, there]) => {
    if (here === undefined || there === undefined) throw new Error('There are two.')
    const base = sampleBase()
    await here.knowledge.insertBase(base)
    const counted = async (store: PostgresStores) => store.knowledge.countWords(base.id, ['parcel', 'letter'])
    await here.knowledge.putDocument(sampleDocument(base.id), chunksOf('a parcel', 'a letter'))
    for (const node of [here, there]) expect(await counted(node)).toEqual({ chunks: 2, containing: [1, 1] })
    await there.knowledge.putDocument(sampleDocument(base.id), chunksOf('a parcel', 'a parcel', 'a card'))
    for (const node of [here, there]) expect(await counted(node)).toEqual({ chunks: 3, containing: [2, 0] })
    expect(await here.knowledge.search(base.id, ['letter'], 9)).toEqual([])
    await here.knowledge.removeBase('account', base.id)
    for (const node of [here, there]) expect(await counted(node)).toEqual({ chunks: 0, containing: [0, 0] })
  }))

test('no passage is given to two nodes to read, however they ask, and each is given to one', () =>
  withNodes(3, async (nodes) => {
    const [{ knowledge }] = nodes as [PostgresStores]
    const base = sampleBase()
    await knowledge.insertBase(base)
    await knowledge.putDocument(sampleDocument(base.id), chunksOf(...times(300, (n) => `passage ${n}`)))
    // Often, because two that look without waiting for each other do not always meet.
    for (const now of times(6, (round) => 1_000 + round)) {
      const taken = await Promise.all(
        nodes.flatMap(({ vectors }) => times(10, () => vectors.claimUnread('m', { limit: 7, now, until: now + 1 }))),
      )
      const last = await (nodes[1] as PostgresStores).vectors.claimUnread('m', { limit: 300, now, until: now + 1 })
      const ids = [...taken.flat(), ...last].map(({ id }) => id)
      expect([ids.length, new Set(ids).size]).toEqual([300, 300])
    }
  }))

test('a part that was updated on one node is the new one on all, at once', () =>
  withNodes(2, async ([one, other]) => {
    const [mine, theirs] = [(one as PostgresStores).agents, (other as PostgresStores).agents]
    const made = avatar('account')
    await mine.avatars.insert(made)
    expect(await theirs.avatars.find(made.id)).toEqual(made)
    const changed = { ...made, name: 'New', client: 'ada' }
    expect(await mine.avatars.update(changed)).toBe(true)
    expect(await theirs.avatars.find(made.id)).toEqual(changed)
    await theirs.pictures.putPicture(made.id, { type: 'image/png', bytes: Uint8Array.of(1) })
    expect(await mine.pictures.findPicture(made.id)).toEqual({ type: 'image/png', bytes: Uint8Array.of(1) })
  }))
