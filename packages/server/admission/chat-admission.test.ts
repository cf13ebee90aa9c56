import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Credential } from '../http/app-types.ts'
import { chatPrefixes } from '../http/chat-origin.ts'
import { chatId, chatRows, question } from './chat-rows.ts'
import { type House, openHouse } from './house.ts'
import { stockOf } from './stock.ts'

/** Every route of the chat wire by each bad credential: refused in the wire's shape, with nothing changed. */

const origin = 'https://shop.example'
let house: House
/** What may stand in `Gram-Key`, in `Gram-Session` and in `Gram-Chat-Session`. */
let keys: Record<string, string>
let operators: Record<string, string>
let tokens: Record<string, string>

type Headers = Record<string, string | undefined>

function call(method: string, url: string, headers: Headers, body?: object) {
  const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined))
  const request = { method: method as 'GET', url, headers: sent as Record<string, string> }
  return house.composed.app.inject({ ...request, ...(body && { payload: body }) })
}

beforeAll(async () => {
  house = await openHouse()
  const { mine, theirs, makeKey, makeOperator, composed } = house
  const { accounts } = composed.stores
  for (const [owner, slug] of [
    [mine, 'own'],
    [theirs, 'foreign'],
  ] as const) {
    const project = await accounts.findProject(owner.projectId)
    if (project !== null) await accounts.insertProject({ ...project, id: `${slug}-project`, slug })
  }
  const suspended = await house.suspendedAccount()
  keys = {
    good: await makeKey(mine, { isAccountWide: true }),
    bound: await makeKey(mine),
    scopeless: await makeKey(mine, { scopes: ['hooks'] }),
    unknown: `gram_live_${'0'.repeat(64)}`,
    expired: await makeKey(mine, { expiresAt: Date.now() - 1 }),
    disabled: await makeKey(mine, { disabledAt: Date.now() }),
    client: await makeKey(mine, { kind: 'client', scopes: ['client'] }),
    suspended: await makeKey(suspended),
    foreign: await makeKey(theirs, { isAccountWide: true }),
  }
  operators = {
    good: await makeOperator(mine),
    unknown: `prl_op_${'0'.repeat(64)}`,
    disabled: await makeOperator(mine, { disabledAt: Date.now() }),
    expired: await makeOperator(mine, { expiresAt: Date.now() - 1 }),
    suspended: await makeOperator(suspended),
    over: await makeOperator(mine),
    foreign: await makeOperator(theirs),
  }
  await call('POST', '/admin/v1/logout', { 'x-api-key': keys.good }, { operator_session: operators.over })
  tokens = await makeTokens()
})
afterAll(() => house.close())

async function makeTokens(): Promise<Record<string, string>> {
  const make = async (slug = 'own', expires_after = 3600): Promise<string> => {
    const headers = { 'gram-key': keys.good, 'gram-project': slug }
    return (await call('POST', '/rpc/chatSessions.create', headers, { embed_origin: origin, expires_after })).json()
      .client_token
  }
  const widget = await call(
    'POST',
    '/v1/widget/sessions',
    { 'x-api-key': keys.good },
    { agentic_avatar_id: house.mine.agent },
  )
  const made = {
    good: await make(),
    revoked: await make(),
    elsewhere: await make('default'),
    expired: await make('own', 1),
  }
  const revoke = `/rpc/chatSessions.revoke?token=${made.revoked}`
  await call('DELETE', revoke, { 'gram-key': keys.good, 'gram-project': 'own' })
  // Whoever comes first makes a session live; here that has happened before anything is counted.
  for (const token of Object.values(made))
    await call('GET', '/rpc/chat.nothing', { 'gram-chat-session': token, origin })
  const expiresAt = Math.ceil(Date.now() / 1000) * 1000 + 1000
  await new Promise((resolve) => setTimeout(resolve, expiresAt - Date.now()))
  await call('GET', '/rpc/chat.nothing', { 'gram-chat-session': made.expired, origin })
  const talk = { 'gram-chat-session': made.good, origin, 'gram-chat-id': chatId }
  const talked = await call('POST', '/chat/completions', talk, { messages: [question] })
  if (talked.statusCode !== 200) throw new Error(`the chat was not made: ${talked.body}`)
  return { ...made, widget: widget.json().session_token, ...forgeries(made.good) }
}

/** What somebody could make of a token without our key. */
function forgeries(token: string): Record<string, string> {
  const [head = '', body = '', signature = ''] = token.split('.')
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const [none, rsa] = [encode({ ...decode(head), alg: 'none' }), encode({ ...decode(head), alg: 'RS256' })]
  const hs512 = encode({ ...decode(head), alg: 'HS512' })
  const longer = encode({ ...decode(body), exp: 4_102_444_800 })
  const pem = publicKey.export({ type: 'spki', format: 'pem' })
  return {
    nonsense: 'nonsense',
    none: `${none}.${body}.`,
    noneSigned: `${none}.${body}.${signature}`,
    rsa: `${rsa}.${body}.${sign('RSA-SHA256', Buffer.from(`${rsa}.${body}`), privateKey).toString('base64url')}`,
    otherKey: `${head}.${body}.${createHmac('sha256', pem).update(`${head}.${body}`).digest('base64url')}`,
    otherHmac: `${hs512}.${body}.${createHmac('sha512', 'secret').update(`${hs512}.${body}`).digest('base64url')}`,
    longer: `${head}.${longer}.${signature}`,
    cut: `${head}.${body}.${signature.slice(0, -2)}`,
    unsigned: `${head}.${body}.`,
    padded: `${token}=`,
  }
}

const badTokens =
  'revoked,expired,widget,nonsense,none,noneSigned,rsa,otherKey,otherHmac,longer,cut,unsigned,padded'.split(',')

function rowOf(name: string) {
  const row = chatRows[name]
  if (row === undefined) throw new Error(`${name} has no row in admission/chat-rows.ts`)
  return row
}

function request(name: string, headers: Headers) {
  const row = rowOf(name)
  const [method = '', path = ''] = name.split(' ')
  const query = row.query?.({ ...house.mine, token: tokens.good ?? '' }) ?? ''
  return call(method, `${row.path ?? path}${query}`, { origin, ...headers }, row.body?.(house.mine))
}

function credentialOf(name: string): Extract<Credential, { kind: 'one_of' }> {
  const route = house.composed.routes.rows.find(({ method, path }) => `${method} ${path}` === name)
  if (route?.credential.kind !== 'one_of') throw new Error(`${name} takes no one of several credentials`)
  return route.credential
}

function expectShape(name: string, { statusCode, json, headers }: Awaited<ReturnType<typeof call>>): void {
  const body = json()
  expect(headers['content-type']).toContain('application/json')
  expect(headers['x-request-id']).toMatch(/^req-/)
  if (name.includes(' /mcp')) {
    expect(body).toMatchObject({
      jsonrpc: '2.0',
      error: { code: expect.any(Number), message: expect.stringMatching(/\w/) },
    })
    if (statusCode === 401) expect(headers['www-authenticate']).toContain('Bearer')
    return
  }
  const id = expect.stringMatching(/^[\w-]{8}$/)
  const plain = { id, message: expect.stringMatching(/\w/), temporary: false, timeout: false, fault: false }
  const { error, ...rest } = body
  expect(rest).toEqual({ name: statusCode === 401 ? 'unauthorized' : 'forbidden', ...plain })
  // On raw routes stands beside it what clients of models read.
  if (error !== undefined) expect(error.message).toBe(body.message)
}

async function expectRefused(name: string, headers: Headers, status: number): Promise<void> {
  const before = await stockOf(house)
  const answer = await request(name, headers)
  expect([answer.statusCode, headers]).toEqual([status, headers])
  expectShape(name, answer)
  expect(await stockOf(house)).toBe(before)
}

const named = { 'gram-project': 'own' }

it('no route takes a token that the origin layer does not judge', () => {
  const takers = house.composed.routes.rows.filter(
    ({ credential }) => credential.kind === 'one_of' && credential.ways.some(({ by }) => by === 'chat_token'),
  )
  expect(takers.length).toBeGreaterThan(3)
  expect(takers.filter(({ path }) => !chatPrefixes.some((prefix) => path.startsWith(prefix)))).toEqual([])
})

describe.each(Object.keys(chatRows))('%s', (name) => {
  const isGuarded = chatPrefixes.some((prefix) => name.split(' ')[1]?.startsWith(prefix))

  it('refuses who brings nothing', async () => {
    for (const headers of [{}, named, { ...named, 'gram-key': '', 'gram-session': '', 'gram-chat-session': '' }]) {
      await expectRefused(name, headers, 401)
    }
    const elsewhere = { 'x-api-key': keys.good, cookie: `gram_session=${operators.good}; gram_key=${keys.good}` }
    await expectRefused(name, { ...named, ...elsewhere }, 401)
  })

  it.each(['unknown', 'expired', 'disabled', 'client', 'suspended'])('refuses a key that is %s', async (which) => {
    await expectRefused(name, { ...named, 'gram-key': keys[which] }, 401)
  })

  it.each(['unknown', 'expired', 'disabled', 'suspended', 'over'])(
    'refuses an operator session that is %s',
    async (which) => {
      await expectRefused(name, { ...named, 'gram-session': operators[which] }, 401)
    },
  )

  it('takes no credential in the place of another', async () => {
    for (const text of [tokens.good, tokens.widget, operators.good]) {
      await expectRefused(name, { ...named, 'gram-key': text }, 401)
    }
    for (const text of [tokens.good, tokens.widget, keys.good]) {
      await expectRefused(name, { ...named, 'gram-session': text }, 401)
    }
    for (const text of [keys.good, operators.good])
      await expectRefused(name, { ...named, 'gram-chat-session': text }, 401)
  })

  it('refuses a key without the scope, or that is not for this route at all', async () => {
    const { ways, firstPresent } = credentialOf(name)
    const way = ways.find(({ by }) => by === 'key')
    if (way?.by === 'key' && way.scope === null) return
    const isAnswer = firstPresent || ways.at(-1) === way
    await expectRefused(name, { ...named, 'gram-key': keys.scopeless }, way !== undefined && isAnswer ? 403 : 401)
  })

  it('refuses a project that is not the caller’s', async () => {
    const { ways, firstPresent } = credentialOf(name)
    const takesProject = ways.some((way) => way.by === 'key' && way.project)
    if (!takesProject) return
    const status = firstPresent ? 401 : 403
    for (const slug of ['foreign', 'nowhere', '../own']) {
      await expectRefused(name, { 'gram-key': keys.good, 'gram-project': slug }, status)
    }
    await expectRefused(name, { ...named, 'gram-key': keys.bound }, status)
  })

  it('does not do with a token what is not for tokens', async () => {
    if (credentialOf(name).ways.some(({ by }) => by === 'chat_token')) return
    await expectRefused(name, { ...named, 'gram-chat-session': tokens.good }, 401)
  })

  it('refuses a token for another project than the one it is for', async () => {
    if (!credentialOf(name).ways.some(({ by }) => by === 'chat_token')) return
    await expectRefused(name, { ...named, 'gram-chat-session': tokens.elsewhere }, 401)
  })

  it.each(badTokens)('refuses a token that is %s, whatever comes beside it', async (which) => {
    await expectRefused(name, { ...named, 'gram-chat-session': tokens[which] }, 401)
    if (!isGuarded) return
    const beside = { ...named, 'gram-key': keys.good, 'gram-session': operators.good }
    await expectRefused(name, { ...beside, 'gram-chat-session': tokens[which] }, 401)
  })

  it('refuses a good token from anywhere but its page', async () => {
    if (!isGuarded) return
    for (const from of [
      'https://evil.example',
      'http://shop.example',
      `${origin}:8443`,
      `${origin}/`,
      'null',
      undefined,
    ]) {
      await expectRefused(
        name,
        { ...named, 'gram-key': keys.good, 'gram-chat-session': tokens.good, origin: from },
        403,
      )
    }
  })

  it('gives another account nothing of this one', async () => {
    const { foreign } = rowOf(name)
    const takesOperator = credentialOf(name).ways.some(({ by }) => by === 'operator')
    const headers = takesOperator ? { 'gram-session': operators.foreign } : { 'gram-key': keys.foreign }
    if (foreign === 'names nothing') return
    const before = await stockOf(house)
    const answer = await request(name, { ...headers, 'gram-project': 'foreign' })
    expect(answer.statusCode).toBe(foreign === 'not listed' ? 200 : foreign)
    const { accountId, projectId, key } = house.mine
    for (const id of [accountId, projectId, key, chatId]) expect(answer.body).not.toContain(id)
    expect(await stockOf(house)).toBe(before)
  })
})
