import { expect, test } from 'vitest'
import { startChatSite } from '../harness/chat-site.ts'
import { viewChat } from './chat-view.ts'
import { ticketQuestion } from './museum.ts'
import { useChatStage } from './use-chat-stage.ts'

const stage = useChatStage()
/** A browser tells a page no more than this of an answer it may not read. */
const unreadable = [/blocked by CORS policy/, /net::ERR_FAILED/]
const broken = [/net::ERR_/]

async function openSite(url = stage.site.url) {
  const visitor = await stage.openVisitor()
  await visitor.page.goto(url)
  return { ...visitor, chat: viewChat(visitor.page) }
}

test('a page with a chat of its own asks with the token alone and shows the answer with its sources', async () => {
  const { page, chat } = await openSite()
  await chat.isIn('ready')
  expect(await page.locator('#empty').isVisible()).toBe(true)
  expect(await chat.ask(ticketQuestion)).toContain('Twelve euros [1].')
  expect(await chat.answer.locator('.sources a').getAttribute('href')).toMatch(/^https:\/\/museum\.example\/visiting/)
  expect(await chat.answer.locator('.mark').getAttribute('href')).toMatch(/^#source-/)
  expect(await page.locator('#spoken').textContent()).toContain('Twelve euros [1].')
  expect(await page.locator('#holds').textContent()).toContain(`a token for ${stage.site.url}`)
  const sent = stage.model.requests[0]?.body
  expect(JSON.stringify(sent)).toContain(ticketQuestion)
})

test('every state has a face: thinking, answering, stopped', async () => {
  const { chat } = await openSite()
  await chat.isIn('ready')
  stage.model.always({ does: 'hangs' })
  await chat.say(ticketQuestion)
  await chat.isIn('thinking')
  await chat.button('Stop').click()
  await chat.isIn('ready')
  expect(await chat.answer.innerText()).toContain('You stopped the answer here.')

  stage.model.always({ does: 'hangs', words: ['Twelve ', 'euros'] })
  await chat.say(ticketQuestion)
  await chat.isIn('answering')
  await chat.answer.getByText('Twelve euros').waitFor()
  await chat.button('Stop').click()
  await chat.isIn('ready')
  expect(await chat.answer.innerText()).toMatch(/Twelve euros\s+You stopped the answer here\./)

  // The stopped answers are still in the making: what is asked now is answered all the same, as a chat of its own.
  stage.expectErrors(/409 \(Conflict\)/)
  stage.model.always({ does: 'says', words: ['At nine.'] })
  expect(await chat.ask('When does it open?')).toContain('At nine.')
  const last = stage.model.requests.at(-1)?.body.messages ?? []
  expect(last.some(({ role, content }) => role === 'assistant' && content.includes('Twelve euros'))).toBe(true)
})

test('an answer whose connection broke is taken up where it was cut, and made only once', async () => {
  const { chat } = await openSite()
  await chat.isIn('ready')
  stage.expectErrors(...broken)
  const words = Array.from({ length: 40 }, (_, i) => `word${i} `)
  stage.model.always({ does: 'says', words, pauseMs: 60 })
  await chat.say(ticketQuestion)
  await chat.answer.getByText('word3').waitFor()
  stage.relay.cut()
  await chat.isIn('resuming')
  stage.relay.mend()
  // Nothing is said twice, on the way as at the end.
  await chat.answer.getByText('word30').waitFor()
  expect(words.join('')).toContain(await chat.answer.locator('.words').innerText())
  await chat.isIn('ready')
  expect(await chat.answer.locator('.words').innerText()).toBe(words.join('').trim())
  expect(stage.model.requests).toHaveLength(1)
})

test('what a model that breaks off has said stays, with why it is not whole, and one that refuses is told', async () => {
  const { chat } = await openSite()
  stage.model.always({ does: 'breaks off', words: ['Twelve ', 'euros'] })
  expect(await chat.ask(ticketQuestion)).toMatch(/Twelve euros\s+Not finished: \w/)
  stage.expectErrors(/502 \(/)
  stage.model.always({ does: 'refuses', status: 401 })
  expect(await chat.ask(ticketQuestion)).toMatch(/Not finished: \w/)
  stage.model.always({ does: 'says', words: ['At nine.'] })
  expect(await chat.ask('When does it open?')).toContain('At nine.')
})

test('a page that Parlor cannot reach keeps the question and goes on when the wire is mended', async () => {
  const { chat } = await openSite()
  await chat.isIn('ready')
  stage.expectErrors(...broken)
  stage.relay.cut()
  await chat.say(ticketQuestion)
  await chat.isIn('offline')
  expect(await chat.notice.textContent()).toContain('cannot be reached')
  expect(await chat.field.inputValue()).toBe(ticketQuestion)
  expect(await chat.messages.count()).toBe(0)
  stage.relay.mend()
  await chat.field.press('Enter')
  await chat.isIn('ready')
  expect(await chat.answer.innerText()).toContain('Twelve euros')
  expect(stage.model.requests[0]?.body.messages?.filter(({ role }) => role === 'user')).toHaveLength(1)
})

test('earlier chats are listed by their titles and opened again, by their own visitor alone', async () => {
  const { page, chat } = await openSite()
  await chat.ask(ticketQuestion)
  await chat.chats.first().waitFor()
  await chat.button('New chat').click()
  await chat.ask('When does it open?')
  await chat.chats.getByText('When does it open?').waitFor()
  await page.reload()
  await chat.isIn('ready')
  expect(await chat.chats.allTextContents()).toEqual(['When does it open?', ticketQuestion])
  await chat.chats.last().click()
  await chat.answer.waitFor()
  expect(await chat.answer.locator('.sources a').count()).toBe(1)
  // The talk goes on where it was.
  await chat.ask('And for children?')
  expect(stage.model.requests.at(-1)?.body.messages?.filter(({ role }) => role === 'user')).toHaveLength(2)

  const other = await openSite()
  await other.chat.isIn('ready')
  expect(await other.chat.chats.count()).toBe(0)
})

test('the visitor ends the session: a running answer stops, every tab is told, and the old token is refused', async () => {
  const { page, chat } = await openSite()
  await chat.isIn('ready')
  const second = await page.context().newPage()
  await second.goto(stage.site.url)
  const other = viewChat(second)
  await other.isIn('ready')
  stage.model.always({ does: 'hangs', words: ['Twelve ', 'euros'] })
  await other.say(ticketQuestion)
  await other.answer.getByText('Twelve euros').waitFor()

  stage.expectErrors(...unreadable)
  await chat.button('End my session').click()
  await chat.isIn('ended')
  await chat.screen.getByText('Asked once more with the old token, Parlor refused.').waitFor()
  await other.isIn('ended')
  // What was said stays to be read.
  expect(await other.answer.innerText()).toContain('Twelve euros')
  expect(await stage.model.requests[0]?.closed).toBe('hung up on')

  await chat.button('Start a new session').click()
  stage.model.always({ does: 'says', words: ['At nine.'] })
  expect(await chat.ask('When does it open?')).toContain('At nine.')
})

test('what was on its way when the visitor ended the session changes nothing, and fetches no new token', async () => {
  const { page, chat } = await openSite()
  await chat.isIn('ready')
  const held = Promise.withResolvers<void>()
  let asked = () => {}
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve
  })
  await page.route(
    '**/rpc/chat.list*',
    async (route) => {
      asked()
      await held.promise
      await route.continue()
    },
    { times: 1 },
  )
  await chat.ask(ticketQuestion)
  await isAsked
  const made: string[] = []
  page.on('request', (request) => request.url().endsWith('/chat/session') && made.push(request.method()))
  stage.expectErrors(...unreadable)
  await chat.button('End my session').click()
  await chat.screen.getByText('Asked once more with the old token, Parlor refused.').waitFor()
  // The page may not read the answer, and looks whether Parlor is there at all.
  const looked = page.waitForResponse('**/healthz')
  held.resolve()
  await looked
  await chat.isIn('ended')
  expect(await page.locator('#holds').textContent()).toBe('This page holds no token.')
  expect(made).toEqual(['DELETE'])
})

test('the same page under another origin gets a token and nothing from Parlor, and says why', async () => {
  stage.expectErrors(...unreadable)
  const { chat } = await openSite(stage.otherOrigin)
  await chat.isIn('refused')
  const text = await chat.screen.innerText()
  expect(text).toContain(`for pages of ${stage.site.url} alone`)
  expect(text).toContain(`this page stands at ${stage.otherOrigin}`)
})

test('whatever an answer says stays text: no markup, no picture, no link that does something', async () => {
  const { page, chat } = await openSite()
  const hostile = [
    '<img src=x onerror="pwned(1)"><script>pwned(2)</script>\n\n',
    '[click](javascript:pwned(3)) ![p](https://evil.example/p.png) [ok](https://ok.example/a)\n\n',
    '- **bold** and `code`\n- <b>not bold</b>\n\n```\n<i>code</i>\n```\n\nmail [us](mailto:a@b.example) data:text/html,x',
  ]
  stage.model.always({ does: 'says', words: hostile })
  const text = await chat.ask(ticketQuestion)
  expect(text).toContain('<script>pwned(2)</script>')
  expect(text).toContain('[click](javascript:pwned(3))')
  const words = chat.answer.locator('.words')
  expect(await words.locator('img, script, b, i, iframe').count()).toBe(0)
  expect(await words.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual([
    'https://evil.example/p.png',
    'https://ok.example/a',
    'mailto:a@b.example',
  ])
  expect(await words.locator('li').count()).toBe(2)
  expect(await words.locator('pre').innerText()).toContain('<i>code</i>')
  expect(await page.locator('strong').innerText()).toBe('bold')
})

test('a long line of code scrolls in its own block and moves nothing else, on a phone as well', async () => {
  const { page, chat } = await openSite()
  const code = `const answer = ${'await '.repeat(60)}nothing`
  stage.model.always({ does: 'says', words: [`Like this:\n\n\`\`\`\n${code}\n\`\`\`\n\n> ${'x'.repeat(400)}`] })
  await chat.ask(ticketQuestion)
  const room = (selector: string) =>
    page.locator(selector).evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)
  for (const width of [1100, 360]) {
    await page.setViewportSize({ width, height: 720 })
    expect([width, await room('#log'), await room('html')]).toEqual([width, 0, 0])
    expect(await room('.answer pre')).toBeGreaterThan(0)
  }
})

test('nothing moves for a visitor who wants no motion', async () => {
  const { page, chat } = await openSite()
  await chat.isIn('ready')
  stage.model.always({ does: 'hangs' })
  await chat.say(ticketQuestion)
  await chat.isIn('thinking')
  const moving = () => page.evaluate(() => document.getAnimations().length)
  expect(await moving()).toBeGreaterThan(0)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  expect(await moving()).toBe(0)
  await chat.button('Stop').click()
})

test('all of it can be done with the keyboard', async () => {
  const { page, chat } = await openSite()
  await chat.isIn('ready')
  expect(await chat.field.evaluate((field) => field === document.activeElement)).toBe(true)
  await page.keyboard.type('How much')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('is a ticket?')
  expect(await chat.field.inputValue()).toBe('How much\nis a ticket?')
  await page.keyboard.press('Enter')
  await chat.answer.getByText('Twelve euros').waitFor()
  await chat.isIn('ready')
  stage.expectErrors(...unreadable)
  await chat.button('End my session').focus()
  await page.keyboard.press('Enter')
  await chat.isIn('ended')
  expect(await chat.screen.evaluate((screen) => screen === document.activeElement)).toBe(true)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await chat.isIn('ready')
})

/** The example with short tokens, for one test. */
async function openSiteWith(tokenSeconds: number) {
  const { parlorUrl, parlor } = stage
  const env = { SITE_TOKEN_SECONDS: String(tokenSeconds) }
  const site = await startChatSite({ parlorUrl, key: parlor.key, env })
  // It is gone before its page is.
  stage.expectErrors(/net::ERR_CONNECTION_RE/)
  const visitor = await openSite(site.url)
  visitor.watch.knows(site.port)
  await visitor.chat.isIn('ready')
  return { ...visitor, [Symbol.asyncDispose]: site.stop }
}

test('a token that is about to run out is renewed before the next question', async () => {
  await using visitor = await openSiteWith(31)
  const { page, chat } = visitor
  await page.getByText(/good for 0:2\d/).waitFor()
  expect(await chat.ask(ticketQuestion)).toContain('Twelve euros')
  expect(await chat.notice.textContent()).toContain('fetched a new token')
})

test('an answer whose session runs out half-way keeps what came, and the next question has a new token', async () => {
  await using visitor = await openSiteWith(2)
  const { chat } = visitor
  stage.model.always({ does: 'hangs', words: ['Twelve ', 'euros'] })
  expect(await chat.ask(ticketQuestion)).toMatch(/Twelve euros\s+Not finished: /)
  stage.model.always({ does: 'says', words: ['Twelve.'] })
  expect(await chat.ask(ticketQuestion)).toContain('Twelve.')
})
