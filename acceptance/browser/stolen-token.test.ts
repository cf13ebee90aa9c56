import { expect, test } from 'vitest'
import { framingPage, plainPage } from './pages.ts'
import { useStage } from './use-stage.ts'

const stage = useStage()

const forShop = { settings: { allowed_domains: ['shop.test'] } }

/** A page that frames a widget by itself and, once the frame listens, posts whatever `window.toPost` holds, in order. */
function ownLoader(widgetUrl: string, posts: object[]): string {
  const script = `addEventListener('message', ({ data, source }) => {
    if (data?.type === 'parlor.listening') for (const post of ${JSON.stringify(posts)}) source.postMessage(post, '*')
    else if (data?.type) (window.heard ??= []).push(data)
  })`
  return framingPage(widgetUrl).replace('<main>', `<main><script>${script.replaceAll('<', '\\u003c')}</script>`)
}

const start = (token: string) => ({ type: 'parlor.start', token, can_keep: false })

test('a page may be its own loader: the address of the widget and the token are enough', async () => {
  const { widget_url, session_token } = await stage.createSession(forShop)
  const { page } = await open(ownLoader(widget_url, [start(session_token)]), 'shop.test')
  await page.frameLocator('iframe').locator('[data-parlor="state"][data-state="idle"]').waitFor()
})

test('a stolen token in a thief’s own frame is refused by the frame, which asks the server nothing', async () => {
  const victim = await stage.createSession(forShop)
  const own = await stage.createSession()
  const { page, watch } = await open(ownLoader(own.widget_url, [start(victim.session_token)]), 'evil.test')
  const screen = page.frameLocator('iframe').locator('[data-parlor="screen"]')
  await screen.waitFor()
  expect(await screen.getAttribute('data-code')).toBe('wrong_session')
  expect(await page.evaluate('heard')).toEqual([{ type: 'parlor.ended', reason: 'bad_token', code: 4401 }])
  expect(watch.sent).toEqual([])
})

interface Talk {
  events: { type: string; code?: string; message?: string }[]
  code: number
}

/** Says `hello` from a script on the page's own origin, and resolves when the socket closes or is ready. */
async function helloFrom(address: string, hello: object): Promise<Talk> {
  const { page } = await stage.openVisitor()
  stage.expectErrors(/favicon.ico/)
  await page.goto(address)
  return page.evaluate(
    ({ url, hello }) =>
      new Promise<Talk>((resolve) => {
        const events: Talk['events'] = []
        const socket = new WebSocket(url)
        socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', v: 1, ...hello }))
        socket.onmessage = ({ data }) => {
          const event = JSON.parse(data)
          events.push(event)
          if (event.type === 'ready') resolve({ events, code: 0 })
        }
        socket.onclose = ({ code }) => resolve({ events, code })
      }),
    { url: `${stage.parlorUrl.replace('http', 'ws')}/v1/rt`, hello },
  )
}

test('with the frame’s own check out of the way, the server refuses the stolen token', async () => {
  const victim = await stage.createSession(forShop)
  const own = await stage.createSession()
  // A script on Parlor's own origin stands for a frame whose check was bypassed: the Origin it sends is Parlor's.
  const inFrame = `${stage.parlorUrl}/health`
  const token = victim.session_token
  for (const hello of [{ token, session: own.session_id }, { token }]) {
    const talk = await helloFrom(inFrame, hello)
    expect(talk.code).toBe(4403)
    expect(talk.events).toMatchObject([{ type: 'error', code: 'origin_refused' }])
    expect(talk.events[0]?.message).toContain('frame_session_mismatch')
  }
  // The same way in is open to the right pair, or the refusals above would prove nothing.
  const right = await helloFrom(inFrame, { token, session: victim.session_id })
  expect(right.events.at(-1)).toMatchObject({ type: 'ready' })
})

test('without any frame, a script on the thief’s page is refused and one on a listed page is not', async () => {
  const { session_token: token, session_id: session } = await stage.createSession(forShop)
  const refused = await helloFrom(stage.site.put(plainPage(''), { host: 'evil.test' }), { token, session })
  expect(refused.code).toBe(4403)
  expect(refused.events[0]?.message).toContain(`http://evil.test:${stage.site.port}`)
  const allowed = await helloFrom(stage.site.put(plainPage('')), { token, session })
  expect(allowed.events.at(-1)).toMatchObject({ type: 'ready' })
})

test('only the first start counts', async () => {
  const first = await stage.createSession()
  const second = await stage.createSession()
  const { page, watch } = await open(
    ownLoader(first.widget_url, [start(first.session_token), start(second.session_token)]),
    'shop.test',
  )
  await page.frameLocator('iframe').locator('[data-parlor="state"][data-state="idle"]').waitFor()
  expect(watch.sent.filter(({ type }) => type === 'hello').map(({ token }) => token)).toEqual([first.session_token])
})

test('a start from anybody but the window around the frame is ignored', async () => {
  const stranger = await stage.createSession()
  const { widget_url, session_token } = await stage.createSession()
  // A second frame of the same page, on another site, reaches the widget through the tree of frames.
  const meddler = stage.site.put(
    plainPage(`<script>
      const post = () => parent.frames[0].postMessage(${JSON.stringify(start(stranger.session_token))}, '*')
      addEventListener('message', () => { post(); parent.postMessage('posted', '*') })
    </script>`),
    { host: 'evil.test' },
  )
  const host = plainPage(`
    <script>
      addEventListener('message', ({ data }) => {
        if (data?.type === 'parlor.listening') frames[1].postMessage('now', '*')
        if (data === 'posted') frames[0].postMessage(${JSON.stringify(start(session_token))}, '*')
      })
    </script>
    <iframe title="widget" width="600" height="700"></iframe>
    <iframe title="meddler" src="${meddler}"></iframe>
    <script>
      // The meddler is there before the widget listens.
      document.querySelector('[title=meddler]').onload = () => {
        document.querySelector('[title=widget]').src = ${JSON.stringify(widget_url)}
      }
    </script>`)
  const { page, watch } = await open(host, 'shop.test')
  await page.frameLocator('[title=widget]').locator('[data-parlor="state"][data-state="idle"]').waitFor()
  expect(watch.sent.filter(({ type }) => type === 'hello').map(({ token }) => token)).toEqual([session_token])
})

async function open(html: string, host: string) {
  const visitor = await stage.openVisitor()
  await visitor.page.goto(stage.site.put(html, { host }))
  return visitor
}
