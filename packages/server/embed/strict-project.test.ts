import { afterAll, beforeAll, expect, it } from 'vitest'
import { type House, openHouse } from '../admission/house.ts'

/** A project with strict origins has the last word over every list of its sessions (design 5, "Origin"). */
let house: House
let key: string
beforeAll(async () => {
  house = await openHouse()
  key = await house.makeKey(house.mine)
  const { accounts } = house.composed.stores
  const project = await accounts.findProject(house.mine.projectId)
  if (project === null) throw new Error('the account has no project')
  const allowedOrigins = ['https://shop.example', 'https://help.shop.example:8443']
  await accounts.updateProject({ ...project, strictOrigins: true, allowedOrigins })
})
afterAll(() => house.close())

const create = (body: object) =>
  house.composed.app.inject({
    method: 'POST',
    url: '/v1/widget/sessions',
    headers: { 'x-api-key': key },
    payload: { agentic_avatar_id: house.mine.agent, ...body },
  })
const check = (session: string, origin: string) =>
  house.composed.app.inject({ method: 'GET', url: `/embed/check?session=${session}`, headers: { origin } })

it.each([
  { allowed_domains: ['evil.example'] },
  { allowed_domains: ['shop.example', 'evil.example'] },
  { allowed_origins: ['https://shop.example:444'] },
  { allowed_origins: ['http://shop.example'] },
])('a session for %j is refused when it is made', async (sites) => {
  const response = await create({ settings: sites })
  expect(response.statusCode, response.body).toBe(422)
  expect(response.json().message).toContain('allowed origins of this project')
  expect(response.json().error.details.field).toBe(`settings.${Object.keys(sites)[0]}`)
})

it('a session without a list of its own is for the sites of its project alone', async () => {
  const { session_id } = (await create({})).json()
  expect((await check(session_id, 'https://shop.example')).statusCode).toBe(200)
  const refused = await check(session_id, 'https://evil.example')
  expect(refused.statusCode).toBe(403)
  expect(refused.json().rule).toBe('project_sites')
})

it('a page must satisfy both lists: the frame page carries a policy for each', async () => {
  const { session_id } = (await create({ settings: { allowed_domains: ['shop.example'] } })).json()
  expect((await check(session_id, 'https://shop.example')).statusCode).toBe(200)
  expect((await check(session_id, 'https://shop.example:8443')).json().rule).toBe('project_sites')
  expect((await check(session_id, 'https://help.shop.example:8443')).json().rule).toBe('session_sites')
  const page = await house.composed.app.inject({ method: 'GET', url: `/embed?session=${session_id}` })
  const policies = [page.headers['content-security-policy']].flat()
  expect(policies).toHaveLength(2)
  expect(policies[0]).toMatch(/frame-ancestors https:\/\/shop\.example:\* /)
  expect(policies[1]).toBe('frame-ancestors https://shop.example https://help.shop.example:8443')
})
