import { expect, test } from 'vitest'
import { framingPage } from '../browser/pages.ts'
import { useStage } from '../browser/use-stage.ts'
import type { SessionAnswer } from '../harness/start-parlor.ts'

const stage = useStage()

/** What the backend gives to its page, and all of it. */
type Handed = Pick<SessionAnswer, 'session_token' | 'widget_url'>

/** A page that frames `widget_url` and hands over the token when the frame asks: no loader, no key, nothing else. */
function ownPage({ widget_url, session_token }: Handed): string {
  const start = JSON.stringify({ type: 'parlor.start', token: session_token, can_keep: false })
  const script = `addEventListener('message', ({ data, source }) => {
    if (data?.type === 'parlor.listening') source.postMessage(${start}, ${JSON.stringify(new URL(widget_url).origin)})
  })`
  return framingPage(widget_url).replace('<main>', `<main><script>${script}</script>`)
}

async function openPage(handed: Handed) {
  const visitor = await stage.openVisitor()
  await visitor.page.goto(stage.site.put(ownPage(handed)))
  const frame = visitor.page.frameLocator('iframe')
  const part = (name: string) => frame.locator(`[data-parlor="${name}"]`)
  await frame.locator('[data-parlor="state"][data-state="idle"]').waitFor()
  const ask = async (text: string) => {
    await part('composer').locator('textarea').fill(text)
    await part('composer').locator('textarea').press('Enter')
    const answer = part('message-agent').and(frame.locator('[data-finish]')).last()
    await answer.waitFor()
    return answer.textContent()
  }
  return { ...visitor, frame, part, ask }
}

test('the documented way: create with the key, hand over token and address, talk, read, end by id', async () => {
  const { parlor } = stage
  const agentId = await parlor.createAgent({
    name: 'Flow',
    knowledgeBase: 'Flow',
    greeting: 'Good day.',
    documents: [{ name: 'parking.md', text: '# Parking\n\nParking costs two euros an hour.' }],
  })
  const settings = {
    max_duration: 3600,
    allowed_domains: ['shop.test', 'app.example.com'],
    features: { voice_input: true, text_input: true, knowledge_base: true },
  }
  const body = { agentic_avatar_id: agentId, settings }
  const created = await parlor.request<SessionAnswer>('POST', '/v1/widget/sessions', body)
  expect(created.status).toBe(200)
  const { session_id, session_token, widget_url } = created.body
  parlor.secrets.add(session_token)

  const visitor = await openPage({ session_token, widget_url })
  expect(await visitor.part('greeting').textContent()).toContain('Good day.')
  expect(await visitor.ask('How many euros does parking cost?')).toContain('two euros an hour')

  const path = `/v1/widget/sessions/${session_id}`
  expect((await parlor.request('GET', path)).body).toMatchObject({ session_id, status: 'active' })
  expect((await parlor.request('DELETE', path)).body).toMatchObject({ session_id, success: true })
  await visitor.part('screen').waitFor()
  expect(await visitor.part('screen').getAttribute('data-code')).toBe('4411')
  expect((await parlor.request('GET', path)).body).toMatchObject({ status: 'terminated' })
  expect((await visitor.watch.read()).includes(parlor.key)).toBe(false)
})

test('the address of the widget shows the agent the session was made for: name, greeting, face and documents', async () => {
  const wanted = [
    { name: 'Ada', text: 'A boat costs nine euros.', price: 'nine euros' },
    { name: 'Bruno', text: 'A boat costs eleven euros.', price: 'eleven euros' },
  ]
  for (const [index, { name, text, price }] of wanted.entries()) {
    const documents = [{ name: `${name}.md`, text: `# Boats\n\n${text}` }]
    const greeting = `This is ${name} speaking.`
    const agentId = await stage.parlor.createAgent({ name, greeting, knowledgeBase: name, documents })
    const visitor = await openPage(await stage.parlor.createSession(agentId))
    expect(await visitor.part('greeting').textContent()).toContain(greeting)
    expect(await visitor.part('face').locator('svg').isVisible()).toBe(true)
    expect(await visitor.part('face').getAttribute('aria-label')).toContain(name)
    expect(await visitor.ask('How many euros does a boat cost?')).toContain(price)
    const shown = await visitor.frame.locator('body').innerText()
    expect(shown).not.toContain(wanted[1 - index]?.name)
    expect(shown).not.toContain(wanted[1 - index]?.price)
  }
})
