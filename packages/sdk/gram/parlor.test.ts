import { type House, openHouse } from '@parlor/server/admission/house.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chatSessionsCreate } from './funcs/chatSessionsCreate.ts'
import { chatSessionsRevoke } from './funcs/chatSessionsRevoke.ts'
import { Gram, ServiceError } from './index.ts'
import { askedBody } from './testing/odd-server.ts'

let house: House
let gram: Gram
beforeAll(async () => {
  house = await openHouse()
  const serverURL = await house.composed.app.listen({ host: '127.0.0.1', port: 0 })
  const apikeyHeaderGramKey = await house.makeKey(house.mine, { scopes: ['chat'] })
  const security = { option2: { apikeyHeaderGramKey, projectSlugHeaderGramProject: 'default' } }
  gram = new Gram({ serverURL, security })
})
afterAll(() => house.close())

test('Parlor makes a token, serves on it, and ends it once', async () => {
  const made = await gram.chatSessions.create({
    createRequestBody: { embedOrigin: 'https://www.example.com', expiresAfter: 60, userIdentifier: 'u-1' },
  })
  expect(made).toEqual({
    clientToken: expect.stringMatching(/^ey[\w-]+\.[\w-]+\.[\w-]+$/),
    embedOrigin: 'https://www.example.com',
    expiresAfter: 60,
    status: 'active',
    userIdentifier: 'u-1',
  })
  const list = () =>
    fetch(`${gram.options.serverURL}/rpc/chat.list`, {
      headers: { 'gram-chat-session': made.clientToken, origin: 'https://www.example.com' },
    })
  expect((await list()).status).toBe(200)
  expect(await gram.chatSessions.revoke({ token: made.clientToken })).toBeUndefined()
  expect((await list()).status).toBe(401)
  const again = await chatSessionsRevoke(gram, { token: made.clientToken })
  expect(again.error).toMatchObject({ name: 'ServiceError', statusCode: 400, data$: { name: 'bad_request' } })
})

test('an operator’s session is the other way in', async () => {
  const sessionHeaderGramSession = await house.makeOperator(house.mine)
  const option1 = { sessionHeaderGramSession, projectSlugHeaderGramProject: 'default' }
  expect((await chatSessionsCreate(gram, askedBody, { option1 })).ok).toBe(true)
})

test('tries of one call make one token, though each is answered', async () => {
  const headers = { 'idempotency-key': 'the-same' }
  const made = async () => (await chatSessionsCreate(gram, askedBody, undefined, { headers })).value?.clientToken
  expect(await made()).toBe(await made())
})

const refused: [string, object, number, string][] = [
  ['an unknown key', { gramKey: 'unknown' }, 401, 'unauthorized'],
  ['a project that is not there', { gramProject: 'nowhere' }, 403, 'forbidden'],
  ['a lifetime of a day', { createRequestBody: { embedOrigin: '', expiresAfter: 86_400 } }, 400, 'invalid_range'],
]
test.each(refused)(
  '%s: the function puts into its result what the method throws',
  async (_, more, statusCode, name) => {
    const gramKey = gram.options.security?.option2?.apikeyHeaderGramKey
    const asked = { ...askedBody, gramKey, gramProject: 'default', ...more }
    const result = await chatSessionsCreate(gram, asked)
    expect(result.ok).toBe(false)
    expect(result.error).toBeInstanceOf(ServiceError)
    expect(result.error).toMatchObject({ name: 'ServiceError', statusCode, data$: { name } })
    const thrown = await gram.chatSessions.create(asked).catch((error: unknown) => error)
    expect(thrown).toBeInstanceOf(ServiceError)
    expect(thrown).toMatchObject({ statusCode, data$: { name } })
  },
)
