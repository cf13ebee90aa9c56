import { expect, test } from 'vitest'
import { useStage } from './use-stage.ts'
import { viewWidget } from './widget-view.ts'

// Two pieces, for a linter takes it for a forgotten template.
const template = '$'.concat('{pwned("template")}')

/** Everything that ever ran a script somewhere, each calling the canary with its own name. */
const attacks = [
  '<script>pwned("script")</script>',
  '<img src=x onerror=pwned("img")>',
  '<svg onload=pwned("svg")>',
  '"><iframe srcdoc="<script>parent.pwned(1)</script>"></iframe>',
  '[link](javascript:pwned("link"))',
  '![image](http://tracker.test/pixel.png)',
  '[data](data:text/html,<script>parent.pwned("data")</script>)',
  '<javascript:pwned("auto")>',
  template,
  '{{constructor.constructor("pwned(1)")()}}',
  "');pwned('quote');//",
]
const all = attacks.join('\n\n')
const inOneLine = attacks.join(' ')

const hostileDocument = `# Zebra ${inOneLine}

## Stripes ${inOneLine}

The zebra ${inOneLine} has stripes. ${all}

A zebra sleeps standing. ${inOneLine}
`

const stage = useStage({
  agent: {
    name: `Zoe ${attacks[0]} ${attacks[1]}`.slice(0, 100),
    greeting: `Hello ${inOneLine}`,
    documents: [{ name: 'zebra.md', text: hostileDocument }],
  },
})

async function openTalk() {
  const { session_token: token } = await stage.createSession({
    user_metadata: { name: inOneLine, [attacks[1] ?? '']: 1 },
  })
  const visitor = await stage.openVisitor()
  const after = '<a id="elsewhere" href="#">a link of the shop</a>'
  await visitor.visit({ token, after })
  const widget = viewWidget(visitor.page)
  await widget.isReady()
  return { ...visitor, widget }
}

/** What only an attack could have brought into the frame. */
const strange =
  'main img, main iframe, main script, main object, main embed, [onerror], [onload], a:not([href^="http"])'

// That nothing ran, in page and frame, and no policy had to step in, is checked after each test.
test('a hostile name and greeting show as text', async () => {
  const { widget } = await openTalk()
  expect(await widget.frame.locator('h1').textContent()).toContain('<script>pwned("script")</script>')
  const greeting = (await widget.part('greeting').textContent()) ?? ''
  for (const attack of ['<script>pwned("script")</script>', '<img src=x onerror=pwned("img")>', template]) {
    expect(greeting).toContain(attack)
  }
  expect(await widget.frame.locator(strange).count()).toBe(0)
})

test('a hostile document shows as text in the answer and in the panel of its citation', async () => {
  const { widget } = await openTalk()
  const answer = await widget.ask('Does the zebra have stripes?')
  expect(await answer.getAttribute('data-answer-mode')).toBe('quotation')
  expect(await answer.textContent()).toContain('pwned(')
  expect(await widget.frame.locator(strange).count()).toBe(0)
  const citations = answer.locator('[data-parlor="citation"]')
  await citations.first().click()
  const panel = widget.part('citation-panel')
  await panel.waitFor()
  expect(await panel.locator('blockquote').textContent()).toContain('pwned(')
  expect(await widget.frame.locator(strange).count()).toBe(0)
})

test('a hostile question shows as it was typed, also after a reload', async () => {
  const { page, widget } = await openTalk()
  const question = all.slice(0, 3000)
  await widget.ask(question)
  const bubble = widget.part('message-visitor').locator('.bubble')
  expect(await bubble.textContent()).toBe(question)
  await page.reload()
  await widget.isReady()
  await bubble.waitFor()
  expect(await bubble.textContent()).toBe(question)
  expect(await widget.frame.locator(strange).count()).toBe(0)
})

test('a hostile page may say anything to the frame and changes nothing', async () => {
  const { page, widget } = await openTalk()
  await page.evaluate((attack) => {
    const frame = document.querySelector('parlor-widget')?.shadowRoot?.querySelector('iframe')
    const theme = {
      accent: `red;background:url(http://tracker.test/${attack})`,
      'font-family': '"><script>',
      radius: '9999px',
    }
    for (const message of [
      null,
      'text',
      { type: 'parlor.theme', theme: null },
      { type: 'parlor.start', token: attack, can_keep: true },
      { type: 'constructor', theme: { __proto__: { accent: 'red' } } },
      // Each theme replaces the one before: the last one is what is seen below.
      { type: 'parlor.theme', theme, color_scheme: attack },
    ]) {
      frame?.contentWindow?.postMessage(message, '*')
    }
  }, inOneLine)
  await widget.ask('Does the zebra have stripes?')
  const style = await widget.frame.locator('html').getAttribute('style')
  expect(style ?? '').toBe('')
})
