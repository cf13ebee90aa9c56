import { expect, test } from 'vitest'
import { startCustomerSite } from './customer-site.ts'
import { ticketAnswer, ticketQuestion } from './museum.ts'
import { widgetPage } from './pages.ts'
import type { Visitor } from './stage.ts'
import { useStage } from './use-stage.ts'
import { refusalOf, viewWidget } from './widget-view.ts'

const stage = useStage()

const forShop = { settings: { allowed_domains: ['shop.test'] } }
const checkRefused = /403 \(Forbidden\).*\/embed\/check/

async function works(visitor: Visitor): Promise<void> {
  const answer = await viewWidget(visitor.page).ask(ticketQuestion)
  expect(await answer.textContent()).toContain(ticketAnswer)
}

/** The text of the refusal in the page, and that there is no frame beside it. */
async function refused(visitor: Visitor): Promise<string> {
  stage.expectErrors(checkRefused)
  await refusalOf(visitor.page).waitFor()
  expect(await visitor.page.locator('iframe').count()).toBe(0)
  return (await refusalOf(visitor.page).textContent()) ?? ''
}

test('of two pages on two sites the listed one works and the other says why it does not', async () => {
  const { session_token: token } = await stage.createSession(forShop)
  const visitor = await stage.openVisitor()
  await visitor.visit({ token })
  await works(visitor)

  const other = await stage.openVisitor()
  await other.visit({ token }, { host: 'evil.test' })
  const text = await refused(other)
  expect(text).toContain('rule: session_sites')
  expect(text).toContain(`origin: http://evil.test:${stage.site.port}`)
  expect(text).toMatch(/request: \S{8,}/)
  expect(await refusalOf(other.page).isVisible()).toBe(true)
})

test('a subdomain that is not listed and a name that merely looks alike are refused', async () => {
  const { session_token: token } = await stage.createSession(forShop)
  for (const host of ['www.shop.test', 'notshop.test', 'shop.test.evil.test']) {
    const visitor = await stage.openVisitor()
    await visitor.visit({ token }, { host })
    expect(await refused(visitor)).toContain(`origin: http://${host}:${stage.site.port}`)
  }
})

test('a listed host works on any port, a listed origin on its own port alone', async () => {
  const second = await startCustomerSite()
  try {
    const origin = `http://shop.test:${stage.site.port}`
    const bound = await stage.createSession({ allowed_origins: [origin] })
    const visitor = await stage.openVisitor()
    await visitor.visit({ token: bound.session_token })
    await works(visitor)

    const elsewhere = await stage.openVisitor()
    elsewhere.watch.knows(second.port)
    await elsewhere.page.goto(second.put(widgetPage(stage.parlorUrl, { token: bound.session_token })))
    expect(await refused(elsewhere)).toContain(`origin: http://shop.test:${second.port}`)

    const free = await stage.createSession(forShop)
    await elsewhere.page.goto(second.put(widgetPage(stage.parlorUrl, { token: free.session_token })))
    await works(elsewhere)
  } finally {
    await second.close()
  }
})

test('a name with letters beyond ASCII works as it is written', async () => {
  const { session_token: token } = await stage.createSession({ settings: { allowed_domains: ['bücher.test'] } })
  const visitor = await stage.openVisitor()
  await visitor.visit({ token }, { host: 'bücher.test' })
  await works(visitor)
  const lookalike = await stage.openVisitor()
  await lookalike.visit({ token }, { host: 'bucher.test' })
  expect(await refused(lookalike)).toContain('rule: session_sites')
})

test('without a list any site may embed', async () => {
  const { session_token: token } = await stage.createSession()
  const visitor = await stage.openVisitor()
  await visitor.visit({ token }, { host: 'anywhere.test' })
  await works(visitor)
})

test('a session that does not exist is told to the visitor', async () => {
  const { session_token: token } = await stage.createSession()
  const visitor = await stage.openVisitor()
  stage.expectErrors(/404 \(Not Found\).*\/embed\/check/)
  await visitor.visit({ token, attributes: { session: '0197a000-0000-7000-8000-000000000000' } })
  await refusalOf(visitor.page).waitFor()
  expect(await refusalOf(visitor.page).getAttribute('data-code')).toBe('unknown_session')
})
