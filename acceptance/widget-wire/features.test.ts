import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Parlor, startParlor } from '../harness/start-parlor.ts'
import { ask, readSession, refusalOf } from './talk.ts'

const hours = '# Hours\n\nThe museum opens at nine in the morning.\n'
const question = 'When does the museum open?'

let parlor: Parlor
let agentId: string
beforeAll(async () => {
  parlor = await startParlor()
  agentId = await parlor.createAgent({ documents: [{ name: 'hours.md', text: hours }] })
})
afterAll(() => parlor[Symbol.asyncDispose]())

async function open(extra: object) {
  const { session_token, session_id } = await parlor.createSession(agentId, extra)
  return { ...(await parlor.visit(session_token)), session_id }
}

const flags = [true, false]
const combinations = flags.flatMap((voice_input) =>
  flags.flatMap((text_input) => flags.map((knowledge_base) => ({ voice_input, text_input, knowledge_base }))),
)
/** Everything a visitor can send that is voice. */
const voiceEvents = [
  { type: 'user.audio.start', mode: 'ptt', rate: 16_000 },
  { type: 'user.audio.stop' },
  { type: 'user.transcript', text: 'spoken words', final: true, source: 'browser' },
]

describe.each(combinations)('voice $voice_input, text $text_input, knowledge $knowledge_base', (features) => {
  test('each flag holds on the server, whatever the others are', async () => {
    const { socket, ready, session_id } = await open({ settings: { features } })
    expect(ready.features).toEqual(features)
    expect(await readSession(parlor, session_id)).toMatchObject({ features })

    for (const [index, event] of voiceEvents.entries()) {
      const refusal = await refusalOf(socket, { ...event, id: `voice-${index}` })
      // Allowed, but this server has no ears yet: another answer than a forbidden one.
      expect(refusal.code).toBe(features.voice_input ? 'unavailable' : 'feature_disabled')
    }
    if (features.text_input) {
      const answer = await ask(socket, 'typed', question)
      const text = expect.stringContaining('nine in the morning')
      if (features.knowledge_base) expect(answer).toMatchObject({ text, grounded: true, answer_mode: 'quotation' })
      else expect(answer).toMatchObject({ text: expect.not.stringContaining('nine'), grounded: false, citations: [] })
    } else {
      expect(await refusalOf(socket, { type: 'user.text', id: 'typed', text: question })).toMatchObject({
        code: 'feature_disabled',
      })
      expect(socket.events.map(({ type }) => type)).not.toContain('message.start')
    }
    const said = socket.events.filter(({ type }) => type === 'user.message').map(({ id }) => id)
    expect(said).toEqual(features.text_input ? ['typed'] : [])
    socket.send({ type: 'ping', t: 1 })
    await socket.waitFor('pong')
    socket.close()
  })
})

test('features left out are all there', async () => {
  const { socket, ready } = await open({})
  expect(ready.features).toEqual({ voice_input: true, text_input: true, knowledge_base: true })
  socket.close()
})

test.each(flags)('audio_only %s is echoed at create, on read and in ready, and no video is offered', async (wish) => {
  const body = { agentic_avatar_id: agentId, audio_only: wish }
  const made = await parlor.request<{ session_id: string; session_token: string }>('POST', '/v1/widget/sessions', body)
  expect(made.body).toMatchObject({ audio_only: wish, data: { audio_only: wish } })
  expect(await readSession(parlor, made.body.session_id)).toMatchObject({ audio_only: wish })
  const { socket, ready } = await parlor.visit(made.body.session_token)
  expect(ready).toMatchObject({ audio_only: wish, avatar: { kind: 'svg' } })
  socket.close()
})
