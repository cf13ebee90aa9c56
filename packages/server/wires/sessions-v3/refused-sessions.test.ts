import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { stockOf } from '../../admission/stock.ts'
import { openMeetings } from './testing/meeting-house.ts'
import { pictureOf, pixelUrl } from './testing/neighbour-house.ts'

let meetings: Awaited<ReturnType<typeof openMeetings>>
let mine: typeof meetings.mine
beforeAll(async () => {
  meetings = await openMeetings()
  ;({ mine } = meetings)
})
beforeEach(() => {
  meetings.desk.refuses = null
  meetings.desk.asked = []
})
afterAll(() => meetings.close())

const consumerIdentity = { identity: 'visitor', name: 'Vera' }
const inline = { identity: 'ada', name: 'Ada', refImage: pixelUrl, agentId: null }
const wish = (changes: object = {}) => {
  const { roomAvatar, roomAgent } = meetings.house.mine
  return { name: 'A meeting', avatar: { id: roomAvatar }, agent: { id: roomAgent }, consumerIdentity, ...changes }
}
const create = (changes?: object, headers?: Record<string, string>) =>
  mine('POST', '/v3/sessions', wish(changes), headers)

/** Nothing is written and no media server asked, whatever is refused. */
async function expectRefusal(changes: object, status: number, code: string, message: RegExp) {
  const before = await stockOf(meetings.house)
  const refused = await create(changes)
  expect(refused).toMatchObject({ status, body: { statusCode: status, code, message: expect.stringMatching(message) } })
  expect(Object.keys(refused.body).sort()).toEqual(['code', 'error', 'message', 'statusCode'])
  expect(await stockOf(meetings.house)).toBe(before)
  return refused
}

describe('a session that may not be made', () => {
  it.each<[string, object, RegExp]>([
    ['without a name', { name: undefined }, /name/],
    ['with an empty name', { name: ' ' }, /name/],
    ['with too long a name', { name: 'x'.repeat(201) }, /name/],
    ['with a name of two lines', { name: 'A\nmeeting' }, /^name: must say something, without control characters/],
    [
      'with a bell in the name of whoever comes',
      { consumerIdentity: { identity: 'v', name: 'V\u0007' } },
      /consumerIdentity\.name: must have no control/,
    ],
    ['for somebody with a NUL in their name', { client: 'ada\0' }, /^client: must have no control/],
    [
      'with an escape in its context',
      { additionalCtx: 'red\u001b[31m' },
      /^additionalCtx: .* but tabs and line breaks/,
    ],
    [
      'with an agent whose instructions hold a NUL',
      { agent: { provider: 'openai', instructions: 'Be\0kind' } },
      /agent\.instructions: .* but tabs/,
    ],
    ['with an agent of two lines', { agent: { provider: 'openai', name: 'A\u0085B' } }, /agent\.name/],
    ['with an avatar of two lines', { avatar: { ...inline, name: 'A\r\nB' } }, /avatar\.name/],
    ['without an avatar', { avatar: undefined }, /avatar/],
    ['with what client 3.0.0 makes of an avatar', { avatar: {} }, /^avatar: .*agentId.*null is allowed/],
    ['with an empty avatar id', { avatar: { id: '' } }, /avatar/],
    ['with a number for an avatar', { avatar: { id: 7 } }, /avatar/],
    ['with an avatar without a picture', { avatar: { ...inline, refImage: undefined } }, /avatar\.refImage/],
    ['with a picture from elsewhere', { avatar: { ...inline, refImage: 'https://a.example/a.png' } }, /refImage/],
    ['with an empty agent', { agent: {} }, /^agent: name one/],
    ['with an agent of nobody’s', { agent: { provider: 'parlor' } }, /agent\.provider/],
    ['with nobody to speak', { agent: null }, /^agent: /],
    ['with nobody to meet', { consumerIdentity: undefined }, /^consumerIdentity: /],
    ['with somebody nameless', { consumerIdentity: { identity: 'visitor' } }, /consumerIdentity\.name/],
    ['with a second guide', { consumerIdentity: { identity: 'guide', name: 'x' } }, /consumerIdentity\.identity/],
    ['with two of one identity', { remoteAgentConnectingIdentity: consumerIdentity }, /^remoteAgentConnectingIdentity/],
    ['with half a host', { host: { serverUrl: 'wss://a.example' } }, /host\.accessToken/],
    ['of no time', { maxDuration: 0 }, /maxDuration/],
    ['of half a second', { maxDuration: 1.5 }, /maxDuration/],
    ['of a time in words', { maxDuration: '60' }, /maxDuration/],
    ['of more than a day', { maxDuration: 86_401 }, /^maxDuration: .*86400/],
    ['with context of more bytes than letters', { additionalCtx: 'é'.repeat(5000) }, /additionalCtx/],
    ['with too much context', { additionalCtx: 'x'.repeat(8193) }, /additionalCtx/],
    ['with a variable of nothing', { templateVars: { a: null } }, /templateVars\.a/],
    ['with a variable of variables', { templateVars: { a: { b: 'c' } } }, /templateVars\.a/],
    ['with too much in a variable', { templateVars: { a: 'x'.repeat(17_000) } }, /templateVars/],
  ])('%s is a bad request: it names the field and leaves nothing behind (Q3)', async (_, changes, message) => {
    await expectRefusal(changes, 400, 'VALIDATION_ERROR', message)
    expect(meetings.desk.asked).toEqual([])
  })

  it('is made where what people write in paragraphs has lines and tabs', async () => {
    const agent = { provider: 'openai', instructions: 'Be kind.\r\n\t- and brief\n' }
    expect((await create({ additionalCtx: 'shoes:\n\tred', agent })).status).toBe(201)
  })

  it('names what is not there, not the caller’s, or was deleted', async () => {
    const { theirs } = meetings.house
    await expectRefusal({ avatar: { id: 'unknown' } }, 404, 'NOT_FOUND', /^avatar: /)
    const unknown = await expectRefusal({ agent: { id: 'unknown' } }, 404, 'NOT_FOUND', /^agent: /)
    const foreign = await expectRefusal({ agent: { id: theirs.roomAgent } }, 404, 'NOT_FOUND', /^agent: /)
    expect(foreign.body).toEqual(unknown.body)
    await expectRefusal({ avatar: { id: theirs.roomAvatar } }, 404, 'NOT_FOUND', /^avatar: /)
    await expectRefusal({ avatar: { ...inline, agentId: theirs.roomAgent } }, 404, 'NOT_FOUND', /agent/)
    await expectRefusal({ knowledgeBase: { id: theirs.base } }, 404, 'NOT_FOUND', /^knowledgeBase: /)
    expect(meetings.desk.asked).toEqual([])
  })

  it('is too large with a picture above 5 MB, as far as it can be read and beyond (Q22)', async () => {
    const above = { avatar: { ...inline, refImage: pictureOf(5 * 1024 * 1024 + 1) } }
    await expectRefusal(above, 413, 'PAYLOAD_TOO_LARGE', /5 MiB/)
    const beyond = { avatar: { ...inline, refImage: pictureOf(7 * 1024 * 1024) } }
    await expectRefusal(beyond, 413, 'PAYLOAD_TOO_LARGE', /larger/)
  })

  it('is no JSON, or of another kind', async () => {
    const json = { 'content-type': 'application/json' }
    expect(await mine('POST', '/v3/sessions', '{ not json', json)).toMatchObject({
      status: 400,
      body: { code: 'INVALID_REQUEST', error: 'Bad Request' },
    })
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    expect(await mine('POST', '/v3/sessions', 'a=b', form)).toMatchObject({ status: 415 })
  })

  it('may say more than this wire knows, or null for what it does not want', async () => {
    const nothing = { host: null, client: null, maxDuration: null, additionalCtx: null, templateVars: null, later: 1 }
    expect(await create({ ...nothing, remoteAgentConnectingIdentity: null, knowledgeBase: null })).toMatchObject({
      status: 201,
    })
  })
})

describe('a media server that cannot be reached', () => {
  it('is told before anything is written', async () => {
    meetings.desk.refuses = 'prepare'
    const seen: string[] = []
    meetings.desk.onPrepare = async () => void seen.push(await stockOf(meetings.house))
    const before = await stockOf(meetings.house)
    await expectRefusal({ avatar: inline, agent: { provider: 'openai' } }, 503, 'SERVICE_UNAVAILABLE', /media server/)
    expect(meetings.desk.asked).toEqual(['prepare'])
    expect(seen).toEqual([before])
    meetings.desk.onPrepare = async () => {}
  })

  it('once the session is written leaves its record, which says what happened, and no part of it in a list', async () => {
    meetings.desk.refuses = 'open'
    const client = 'a failed one'
    const failed = await create({ avatar: inline, agent: { provider: 'openai' }, client })
    expect(failed).toMatchObject({ status: 503, body: { code: 'SERVICE_UNAVAILABLE' } })
    const { body } = await mine('GET', `/v3/sessions?client=${encodeURIComponent(client)}`)
    expect(body.sessions).toMatchObject([
      {
        status: 'error',
        endReason: 'failed',
        endMessage: 'The media server could not be reached.',
        avatar: { name: 'Ada' },
      },
    ])
    const [{ avatarId, agentId }] = body.sessions
    expect(JSON.stringify((await mine('GET', '/v3/avatars?take=50')).body)).not.toContain(avatarId)
    expect(JSON.stringify((await mine('GET', '/v3/agents?take=50')).body)).not.toContain(agentId)
  })

  it('is asked again for a request that is repeated, for a session of its own', async () => {
    const headers = { 'idempotency-key': 'until-it-works' }
    const client = 'until it works'
    meetings.desk.refuses = 'open'
    expect((await create({ client }, headers)).status).toBe(503)
    expect((await create({ client }, headers)).status).toBe(503)
    meetings.desk.refuses = null
    const made = await create({ client }, headers)
    expect(made).toMatchObject({ status: 201, body: { session: { status: 'starting' } } })
    expect((await create({ client }, headers)).body.session.id).toBe(made.body.session.id)
    const { body } = await mine('GET', `/v3/sessions?client=${encodeURIComponent(client)}`)
    expect(body.sessions.map(({ status }: { status: string }) => status)).toEqual(['starting', 'error', 'error'])
  })
})

describe('an account’s limits', () => {
  async function change(changes: {
    concurrency?: number | null
    maxDurationSeconds?: number | null
    suspendedAt?: number | null
  }) {
    const { accounts } = meetings.house.composed.stores
    const account = await accounts.findAccount(meetings.house.theirs.accountId)
    if (account === null) throw new Error('there is no account')
    await accounts.updateAccount({ ...account, ...changes })
  }
  const theirWish = () => {
    const { roomAvatar, roomAgent } = meetings.house.theirs
    return wish({ avatar: { id: roomAvatar }, agent: { id: roomAgent } })
  }
  const theirs = (method: 'GET' | 'POST' | 'PATCH', url: string, body?: object) => meetings.theirs(method, url, body)

  it('are null without any, and tell what Parlor allows where only one is set (Q25)', async () => {
    expect(await theirs('GET', '/v3/limits')).toMatchObject({ status: 200, body: null })
    await change({ concurrency: 3 })
    const { accountId } = meetings.house.theirs
    const limits = { organizationId: accountId, concurrent: 3, duration: 86_400, suspended: false, reason: null }
    expect((await theirs('GET', '/v1/limits')).body).toMatchObject(limits)
    await change({ concurrency: null, maxDurationSeconds: 60 })
    expect((await theirs('GET', '/v3/limits')).body).toMatchObject({ concurrent: 1_000_000, duration: 60 })
    await change({ maxDurationSeconds: null })
  })

  it('refuse one more session until one ends, and leave no part of it (Q13)', async () => {
    const open = (await theirs('GET', '/v3/sessions')).body.total
    await change({ concurrency: open + 1 })
    const { body } = await theirs('POST', '/v3/sessions', theirWish())
    const full = { status: 429, body: { code: 'CONCURRENCY_LIMIT_REACHED' } }
    const before = await stockOf(meetings.house)
    expect(await theirs('POST', '/v3/sessions', { ...theirWish(), avatar: inline })).toMatchObject(full)
    expect(await stockOf(meetings.house)).toBe(before)
    await theirs('PATCH', `/v3/sessions/${body.session.id}/stop`)
    expect(await theirs('POST', '/v3/sessions', theirWish())).toMatchObject({ status: 201 })
    await change({ concurrency: null })
  })

  it('end every session as blocked when the account is suspended, which it may still read (Q14)', async () => {
    const { id } = (await theirs('POST', '/v3/sessions', theirWish())).body.session
    const operator = await meetings.house.makeKey({ ...meetings.house.mine, ...(await operatorOf()) })
    const suspend = (suspended: boolean) =>
      meetings.house.composed.app.inject({
        method: 'PATCH',
        url: `/admin/v1/accounts/${meetings.house.theirs.accountId}`,
        headers: { 'x-api-key': operator },
        payload: { suspended },
      })
    expect((await suspend(true)).statusCode).toBe(200)
    const blocked = { status: 'blocked', endReason: 'revoked', endMessage: 'The account was suspended.' }
    expect((await theirs('GET', `/v3/sessions/${id}`)).body).toMatchObject(blocked)
    expect((await theirs('GET', '/v3/sessions')).body.sessions[0]).toMatchObject({ id, ...blocked })
    expect((await theirs('GET', '/v3/limits')).body).toMatchObject({ suspended: true, reason: expect.any(String) })
    expect(await theirs('POST', '/v3/sessions', theirWish())).toMatchObject({
      status: 403,
      body: { code: 'ACCOUNT_SUSPENDED' },
    })
    await suspend(false)
    expect((await theirs('GET', `/v3/sessions/${id}`)).body).toMatchObject({ ...blocked, status: 'ended' })
    expect(await theirs('GET', '/v3/limits')).toMatchObject({ body: null })
  })

  async function operatorOf() {
    const { accounts } = meetings.house.composed.stores
    const account = await accounts.findAccountByName('default')
    const project = account && (await accounts.findProjectBySlug(account.id, 'default'))
    return { accountId: account?.id ?? '', projectId: project?.id ?? '' }
  }
})

describe('a key that was disabled', () => {
  it('makes no new session and leaves the running ones (Q15)', async () => {
    const { stores } = meetings.house.composed
    const key = await meetings.house.makeKey(meetings.house.mine, { name: 'to be disabled' })
    const withIt = { 'x-api-key': key }
    const { id } = (await create({}, withIt)).body.session
    const row = (await stores.accounts.listKeys(meetings.house.mine.accountId)).find(
      ({ name }) => name === 'to be disabled',
    )
    await stores.accounts.disableKey(meetings.house.mine.accountId, row?.id ?? '', stores.clock.now())
    expect(await create({}, withIt)).toMatchObject({ status: 401, body: { code: 'INVALID_API_KEY' } })
    expect((await mine('GET', `/v3/sessions/${id}`)).body).toMatchObject({ status: 'starting', endedAt: null })
  })
})
