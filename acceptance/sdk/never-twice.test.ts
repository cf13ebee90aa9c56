import { NoAnswerError, Parlor } from '@parlor/sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Parlor as House, startParlor } from '../harness/start-parlor.ts'
import { type CuttingRelay, startCuttingRelay } from './cutting-relay.ts'

let house: House
let relay: CuttingRelay
let agentId: string
/** Asks past the relay. */
let direct: Parlor

beforeAll(async () => {
  house = await startParlor()
  relay = await startCuttingRelay(house.port)
  agentId = await house.createAgent()
  direct = new Parlor({ baseUrl: house.url, apiKey: house.key })
})
afterAll(async () => {
  await relay[Symbol.asyncDispose]()
  await house[Symbol.asyncDispose]()
})

async function countSessions(): Promise<number> {
  return (await direct.operator.sessions.list()).meta.total
}

const through = (timeoutMs?: number) => new Parlor({ baseUrl: relay.url, apiKey: house.key, timeoutMs })
const wish = () => ({ agentic_avatar_id: agentId })

describe('a session whose answer was lost', () => {
  it.each([
    ['whole', 1],
    ['half', 2],
    ['stuck', 1],
  ] as const)('is made once and answered at last: %s, %i times', async (how, answers) => {
    const before = await countSessions()
    const asked = relay.asked.length
    relay.lose(how, answers)
    const made = await through(1000).widgetSessions.create(wish())
    expect(relay.asked.slice(asked)).toEqual(Array(answers + 1).fill('POST /v1/widget/sessions'))
    expect(await countSessions()).toBe(before + 1)
    const { status } = await direct.widgetSessions.get(made.session_id)
    expect(status).toBe('active')
  })

  it('is made once on the chat wire too, and its token is the one there is', async () => {
    const before = await countSessions()
    relay.lose('half', 2)
    const made = await through().chatSessions.create({ embed_origin: 'https://shop.example' })
    expect(await countSessions()).toBe(before + 1)
    await direct.chatSessions.revoke(made.client_token)
  })

  it('is made once although no answer ever came, and is found with the same Idempotency-Key', async () => {
    const before = await countSessions()
    relay.lose('whole', 3)
    const lost = through().widgetSessions.create(wish(), { idempotencyKey: 'order-17' })
    await expect(lost).rejects.toBeInstanceOf(NoAnswerError)
    expect(await countSessions()).toBe(before + 1)
    const found = await direct.widgetSessions.create(wish(), { idempotencyKey: 'order-17' })
    expect(await countSessions()).toBe(before + 1)
    expect(found.session_token).toMatch(/^ey/)
  })
})

describe('other things whose answer was lost', () => {
  it('are made once: knowledge bases, documents, brains, agents', async () => {
    relay.lose('half', 1)
    const base = await through().knowledgeBases.create({ name: 'Cut' })
    relay.lose('whole', 1)
    const document = { id: base.id, name: 'hours.md', bytes: new TextEncoder().encode('# Hours\n\nTen to six.') }
    const added = await through().knowledgeBases.documents.upload(document)
    expect(added.bytes).toBe(document.bytes.length)
    relay.lose('half', 1)
    const brain = await through().brains.create({ name: 'Cut brain', system_prompt: 'x', llm_name: 'extractive' })
    const named = async <T extends { name: string }>(list: AsyncIterable<T>, name: string) => {
      let count = 0
      for await (const item of list) if (item.name === name) count += 1
      return count
    }
    expect(await named(direct.knowledgeBases.list(), 'Cut')).toBe(1)
    expect(await named(direct.knowledgeBases.documents.list(base.id), 'hours.md')).toBe(1)
    expect(await named(direct.brains.list({ scope: 'private' }), brain.name)).toBe(1)
  })
})
