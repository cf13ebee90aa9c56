import { afterAll, beforeAll, expect, test } from 'vitest'
import { startFakeModel } from '../harness/fake-model.ts'
import { type Parlor, startParlor } from '../harness/start-parlor.ts'
import { newCustomer } from './customer.ts'
import { ask } from './talk.ts'

let parlor: Parlor
beforeAll(async () => {
  parlor = await startParlor()
})
afterAll(() => parlor[Symbol.asyncDispose]())

interface AgentAnswer {
  status: string
  usage: { total_sessions: number; total_messages: number; last_used: string | null }
}
const readAgent = async (id: string) => (await parlor.request<AgentAnswer>('GET', `/v1/agentic-avatars/${id}`)).body

/** An agent that asks the installation's model, with the face and the voice everybody has. */
async function createModelAgent(on: Parlor, settings: object): Promise<string> {
  const make = async (path: string, body: object) => (await on.request<{ id: string }>('POST', path, body)).body.id
  const first = async (path: string) => (await on.request<{ data: { id: string }[] }>('GET', path)).body.data[0]?.id
  const brain_id = await make('/v1/brains', { name: 'Model', system_prompt: 'Answer kindly.', llm_name: 'default' })
  const looks = { avatar_id: await first('/v1/avatars'), voice_id: await first('/v1/voices') }
  return make('/v1/agentic-avatars', { name: 'Model agent', ...looks, brain_id, settings })
}

test('greeting, name and languages of the agent are what the visitor is met with', async () => {
  const wanted = { name: 'Mira', greeting: 'Grüezi! <b>Welcome</b>', settings: { languages: ['de-CH', 'en'] } }
  const agentId = await parlor.createAgent({ ...wanted, knowledgeBase: 'Greeting' })
  const { socket, ready } = await parlor.visit((await parlor.createSession(agentId)).session_token)
  expect(ready.agent).toEqual({ name: 'Mira', greeting: 'Grüezi! <b>Welcome</b>', languages: ['de-CH', 'en'] })
  expect(ready.avatar).toMatchObject({ kind: 'svg', config: { name: expect.any(String) } })
  socket.close()
})

test('the personality of the agent is an instruction to its model, and no other agent’s', async () => {
  await using fake = await startFakeModel()
  const env = { PARLOR_LLM_BASE_URL: fake.baseUrl, PARLOR_LLM_MODEL: 'house-model' }
  await using house = await startParlor({ env })
  for (const [index, personality] of ['You speak like a pirate.', 'You are dry and brief.'].entries()) {
    const agentId = await createModelAgent(house, { personality })
    const { socket } = await house.visit((await house.createSession(agentId)).session_token)
    expect((await ask(socket, 'q1', 'How are you?')).text).toBe('Hello.')
    const [system, ...talk] = (await fake.request(index)).body.messages ?? []
    expect(system).toMatchObject({ role: 'system', content: expect.stringContaining(personality) })
    expect(system?.content.match(/pirate|dry/g)).toHaveLength(1)
    expect(JSON.stringify(talk)).not.toContain(personality)
    socket.close()
  }
})

test('each agent answers from its own knowledge base alone', async () => {
  const make = (name: string, text: string) =>
    parlor.createAgent({ name, knowledgeBase: name, documents: [{ name: `${name}.md`, text }] })
  const museum = await make('museum', '# Tickets\n\nA ticket costs twelve euros.')
  const pool = await make('pool', '# Tickets\n\nA ticket costs four euros.')
  for (const [agentId, mine, source] of [
    [museum, 'twelve', 'museum.md'],
    [pool, 'four', 'pool.md'],
  ] as const) {
    const { socket, ready } = await parlor.visit((await parlor.createSession(agentId)).session_token)
    const answer = await ask(socket, 'q1', 'How many euros does a ticket cost?')
    expect(answer.text).toContain(`${mine} euros`)
    expect(answer.citations).toMatchObject([{ source }])
    expect(ready.agent).toMatchObject({ name: source.replace('.md', '') })
    socket.close()
  }
})

test('a conversation as long as the agent allows begins anew, and the visitor is told', async () => {
  const agentId = await parlor.createAgent({ knowledgeBase: 'Resets', settings: { max_conversation_length: 4 } })
  const { session_token } = await parlor.createSession(agentId)
  const { socket, ready } = await parlor.visit(session_token)
  await ask(socket, 'q1', 'The first question')
  await ask(socket, 'q2', 'The second question')
  expect(socket.events.filter(({ type }) => type === 'notice')).toEqual([])
  await ask(socket, 'q3', 'The third question')
  expect(socket.events.filter(({ type }) => type === 'notice')).toMatchObject([{ code: 'conversation_reset' }])
  socket.terminate()
  const again = await parlor.visit(session_token, { visitor: ready.visitor })
  const { messages } = await again.socket.waitFor('snapshot')
  expect(messages).toMatchObject([{ role: 'visitor', id: 'q3' }, { role: 'agent' }])
  expect(messages).toHaveLength(2)
  again.socket.close()
})

test('a session and each message of a visitor are counted for the agent, and move its last use', async () => {
  const agentId = await parlor.createAgent({ knowledgeBase: 'Counted' })
  expect((await readAgent(agentId)).usage).toEqual({ total_sessions: 0, total_messages: 0, last_used: null })
  const { session_token } = await parlor.createSession(agentId)
  await parlor.createSession(agentId)
  const made = (await readAgent(agentId)).usage
  expect(made).toMatchObject({ total_sessions: 2, total_messages: 0 })
  expect(Math.abs(Date.parse(String(made.last_used)) - Date.now())).toBeLessThan(3_000)

  const { socket } = await parlor.visit(session_token)
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  await ask(socket, 'q1', 'The first question')
  const once = (await readAgent(agentId)).usage
  expect(once.total_sessions).toBe(2)
  expect(once.total_messages).toBeGreaterThan(0)
  expect(Date.parse(String(once.last_used))).toBeGreaterThan(Date.parse(String(made.last_used)))
  await ask(socket, 'q2', 'The second question')
  expect((await readAgent(agentId)).usage.total_messages).toBe(once.total_messages * 2)
  socket.close()
})

test('a deleted agent takes no new session; a running one goes on until it is ended; its parts remain', async () => {
  const agentId = await parlor.createAgent({
    knowledgeBase: 'Deleted',
    documents: [{ name: 'a.md', text: '# Hours\n\nOpen at nine.' }],
  })
  type Parts = { avatar_id: string; voice_id: string; brain_id: string }
  const { body: parts } = await parlor.request<Parts>('GET', `/v1/agentic-avatars/${agentId}`)
  const { session_id, session_token } = await parlor.createSession(agentId)
  const { socket } = await parlor.visit(session_token)
  expect((await parlor.request('DELETE', `/v1/agentic-avatars/${agentId}`)).status).toBe(200)

  const refused = await parlor.request('POST', '/v1/widget/sessions', { agentic_avatar_id: agentId })
  expect(refused).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
  expect((await ask(socket, 'q1', 'When do you open?')).text).toContain('Open at nine.')
  const late = await parlor.visit(session_token)
  expect((await ask(late.socket, 'q1', 'When do you open?')).text).toContain('Open at nine.')
  for (const path of [
    `/v1/avatars/${parts.avatar_id}`,
    `/v1/voices/${parts.voice_id}`,
    `/v1/brains/${parts.brain_id}`,
  ]) {
    expect((await parlor.request('GET', path)).status, path).toBe(200)
  }
  await parlor.endSession(session_id)
  for (const one of [socket, late.socket]) expect((await one.closed).code).toBe(4411)
})

test('what belongs to the installation is not deleted, and a knowledge base has its name to itself', async () => {
  const { body } = await parlor.request<{ data: { id: string }[] }>('GET', '/v1/avatars?scope=public')
  const path = `/v1/avatars/${body.data[0]?.id}`
  expect(await parlor.request('DELETE', path)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } })
  expect((await parlor.request('GET', path)).status).toBe(200)

  const base = () => parlor.request('POST', '/v1/knowledge-bases', { name: 'Handbook' })
  expect([(await base()).status, (await base()).status]).toEqual([200, 409])
  const other = await newCustomer(parlor, 'Another shop')
  expect((await other.send('POST', '/v1/knowledge-bases', { name: 'Handbook' })).status).toBe(200)
})
