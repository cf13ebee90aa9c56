import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../admission/house.ts'

let house: House
let operator: string
let key: string
beforeAll(async () => {
  house = await openHouse()
  operator = await house.makeOperator(house.mine)
  key = await house.makeKey(house.mine, { scopes: ['chat', 'consumer'] })
})
afterAll(() => house.close())

const origin = 'https://shop.example'
type Headers = Record<string, string>

function call(method: string, url: string, headers: Headers, body?: object) {
  return house.composed.app.inject({ method: method as 'GET', url, headers, ...(body && { payload: body }) })
}
const create = (headers: Headers) => call('POST', '/rpc/chatSessions.create', headers, { embed_origin: origin })
const makeToken = async (headers: Headers = { 'gram-key': key }) =>
  (await create(headers)).json().client_token as string

describe('one of several credentials', () => {
  it('a second one that is good makes up for a first that is not, and the first leaves no trace', async () => {
    const token = await makeToken()
    const theirs = await house.makeOperator(house.theirs)
    // Their operator names a project of ours, which fails; what then counts is the token alone, and it sees its own chats.
    const { stores } = house.composed
    const project = await stores.accounts.findProject(house.mine.projectId)
    if (project === null) throw new Error('the house is empty')
    const chats = (headers: Headers) =>
      call('GET', '/rpc/chat.list', { 'gram-chat-session': token, origin, ...headers })
    const talk = await call(
      'POST',
      '/chat/completions',
      { 'gram-key': key, 'gram-chat-id': crypto.randomUUID() },
      {
        messages: [{ role: 'user', content: 'Hello' }],
      },
    )
    expect(talk.statusCode).toBe(200)
    expect((await chats({})).json()).toEqual({ chats: [], total: 0 })
    expect((await chats({ 'gram-session': operator })).json().total).toBe(1)
    const over = await house.makeOperator(house.mine, { disabledAt: Date.now() })
    expect((await chats({ 'gram-session': over })).json()).toEqual({ chats: [], total: 0 })
    await stores.accounts.insertProject({ ...project, id: 'mine-too', slug: 'mine-too' })
    // Now the operator would have to name a project: it fails after it was known who it is.
    expect((await chats({ 'gram-session': operator })).json()).toEqual({ chats: [], total: 0 })
    expect((await chats({ 'gram-session': theirs, 'gram-project': 'mine-too' })).statusCode).toBe(401)
  })

  it('the refusal of the last one is the answer', async () => {
    const elsewhere = { 'gram-session': operator, 'gram-project': 'nowhere' }
    expect((await create(elsewhere)).statusCode).toBe(401)
    expect((await create({ ...elsewhere, 'gram-key': key })).statusCode).toBe(403)
  })

  it('where the first that came decides, a project it may not use is a bad credential', async () => {
    const talk = (headers: Headers) =>
      call('POST', '/chat/completions', headers, { messages: [{ role: 'user', content: 'Hello' }] })
    expect((await talk({ 'gram-key': key, 'gram-project': 'nowhere' })).statusCode).toBe(401)
    expect((await talk({ 'gram-session': operator, 'gram-project': 'nowhere', 'gram-key': key })).statusCode).toBe(401)
    expect((await talk({ 'gram-session': 'over', 'gram-key': key, 'gram-project': 'default' })).statusCode).toBe(401)
  })

  it('what is missing is said in the words of the route', async () => {
    const { message } = (await create({})).json()
    expect(message).toMatch(/Gram-Session.*"chat".*Gram-Key/)
    expect((await call('GET', '/rpc/keys.list', {})).json().message).not.toContain('Gram-Key')
    expect((await call('GET', '/rpc/keys.list', { 'gram-session': 'over' })).json().message).toContain('parlor login')
  })
})

describe('the rate of a key', () => {
  it.each(['gram-key', 'gram-session'] as const)(
    'holds for %s, and is not mistaken for a bad credential',
    async (header) => {
      const rate = { rateLimit: 2, rateWindowSeconds: 60 }
      const secret = await (header === 'gram-key'
        ? house.makeKey(house.mine, rate)
        : house.makeOperator(house.mine, rate))
      const answers = []
      for (let n = 0; n < 3; n += 1) answers.push(await create({ [header]: secret, 'gram-project': 'default' }))
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 429])
      const [, , last] = answers
      expect(last?.json()).toMatchObject({ name: 'rate_limit_exceeded', temporary: true, fault: false })
      expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0)
      expect(last?.headers['x-ratelimit-limit']).toBe('2')
    },
  )
})

it('calls with a key are in the account’s history, refused ones too, and without the token in their query', async () => {
  const used = await house.makeKey(house.theirs, { scopes: ['chat', 'read'] })
  const token = await makeToken({ 'gram-key': used })
  await call('DELETE', `/rpc/chatSessions.revoke?token=${token}`, { 'gram-key': used })
  await call('GET', '/rpc/projects.list', { 'gram-key': used })
  const history = () => call('GET', '/v1/requests', { 'x-api-key': used })
  await expect
    .poll(async () =>
      (await history()).json().data.map((row: { operation: string; status: number }) => [row.operation, row.status]),
    )
    .toEqual(
      expect.arrayContaining([
        ['projectsList', 403],
        ['revokeChatSession', 204],
        ['createChatSession', 200],
      ]),
    )
  expect((await history()).body).not.toContain(token.slice(0, 30))
})

describe('a refusal says what is wrong', () => {
  it('with the operator session that came, where no key came after it', async () => {
    const over = (await create({ 'gram-session': 'over' })).json()
    expect(over.name).toBe('unauthorized')
    expect(over.message).toMatch(/operator session is unknown.*parlor login.*"chat".*Gram-Key/)
    expect(over.message).not.toContain('Nothing came')
    const elsewhere = (await create({ 'gram-session': operator, 'gram-project': 'nowhere' })).json()
    expect(elsewhere.name).toBe('unauthorized')
    expect(elsewhere.message).toContain('no project of this slug')
  })

  it('and names the projects to choose from, to a key that is bound to one that one alone', async () => {
    const { stores } = house.composed
    const project = await stores.accounts.findProject(house.theirs.projectId)
    if (project === null) throw new Error('the house is empty')
    await stores.accounts.insertProject({ ...project, id: 'theirs-too', slug: 'theirs-too' })
    const [wide, bound] = [
      await house.makeKey(house.theirs, { isAccountWide: true, scopes: ['chat'] }),
      await house.makeKey(house.theirs, { scopes: ['chat'] }),
    ]
    const told = async (secret: string) => (await create({ 'gram-key': secret })).json()
    expect(await told(wide)).toMatchObject({ name: 'bad_request', message: expect.stringContaining('theirs-too') })
    const { name, message } = await told(bound)
    expect([name, message]).toEqual(['bad_request', expect.stringContaining(project.slug)])
    expect(message).not.toContain('theirs-too')
  })
})
