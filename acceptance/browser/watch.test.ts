import { expect, test } from 'vitest'
import { plainPage } from './pages.ts'
import { useStage } from './use-stage.ts'

const stage = useStage()

// Every other file leans on what is seen here: a watch that sees nothing would make them all green.
test('the watch sees a violated policy, a script of a stranger, a cookie, an error and a foreign address', async () => {
  const { page, watch, context } = await stage.openVisitor()
  // The browser reports a failed request in its own time, perhaps after the rest was forgotten.
  stage.expectErrors(/tracker.test/)
  const policy = { 'content-security-policy': "img-src 'none'", 'set-cookie': 'a=b' }
  const script =
    '<img src="/x.png"><script>pwned("here"); console.error("oh no"); fetch("http://tracker.test:9/").catch(() => {})</script>'
  await page.goto(stage.site.put(plainPage(script), { headers: policy }))
  await expect.poll(() => watch.violations.join()).toContain('img-src')
  await expect.poll(() => watch.errors.join()).toContain('oh no')
  await expect.poll(() => watch.addresses).toContain('http://tracker.test:9/')
  expect(watch.pwned.join()).toContain('here')
  expect(await watch.read()).toContain('set-cookie')
  expect(watch.cookies).toEqual(['a=b'])
  forget(watch)
  await context.clearCookies()
})

test('the watch sees frames on other sites, sockets and messages between windows', async () => {
  const { page, watch } = await stage.openVisitor()
  const url = `${stage.parlorUrl.replace('http', 'ws')}/v1/rt`
  const inner = stage.site.put(
    plainPage(`<script>pwned("inside"); new WebSocket("${url}").onopen = ({ target }) => {
      target.send('{"type":"hello","v":1,"token":"none"}'); parent.postMessage({ said: 'a word' }, '*') }</script>`),
    { host: 'other.test' },
  )
  await page.goto(stage.site.put(plainPage(`<iframe title="inner" src="${inner}"></iframe>`)))
  await expect.poll(() => watch.sent).toMatchObject([{ type: 'hello', token: 'none' }])
  await expect.poll(() => watch.read()).toContain('{"said":"a word"}')
  await expect.poll(() => watch.read()).toContain('invalid_token')
  expect(watch.addresses).toContain(url)
  expect(watch.pwned.join()).toContain('other.test')
  forget(watch)
})

/** What was done on purpose here is not for the check after each test. */
function forget(watch: Record<'addresses' | 'errors' | 'violations' | 'pwned' | 'cookies', string[]>): void {
  for (const seen of [watch.addresses, watch.errors, watch.violations, watch.pwned, watch.cookies]) seen.length = 0
}
