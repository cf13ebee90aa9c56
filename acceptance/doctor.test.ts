import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findFreePort } from './harness/free-port.ts'
import { runCommand } from './harness/run-command.ts'
import { type Pages, servePages, serveWithoutUpgrades, type TestPage } from './harness/serve-pages.ts'
import { type Parlor, type SessionAnswer, startParlor } from './harness/start-parlor.ts'

interface Diagnosis {
  ok: boolean
  findings: { level: string; check: string; message: string; instead?: string }[]
}

let parlor: Parlor
let site: Pages
let session: SessionAnswer
let foreign: SessionAnswer
const pages: Record<string, TestPage> = {}

beforeAll(async () => {
  parlor = await startParlor()
  const agent = await parlor.createAgent()
  session = await parlor.createSession(agent, { settings: { allowed_domains: ['127.0.0.1'] } })
  foreign = await parlor.createSession(agent, { settings: { allowed_domains: ['museum.example'] } })
  site = await servePages(pages)
})
afterAll(async () => {
  await site[Symbol.asyncDispose]()
  await parlor[Symbol.asyncDispose]()
})

const page = (body = '', head = '') =>
  `<!doctype html><html><head>${head}<script src="${parlor.url}/embed.js" async></script></head><body>${body}</body></html>`

async function examine(args: string[], env: Record<string, string> = {}): Promise<Diagnosis & { code: number | null }> {
  const done = await runCommand(['doctor', ...args, '--json'], {
    PARLOR_URL: parlor.url,
    PARLOR_API_KEY: parlor.key,
    ...env,
  })
  return { code: done.code, ...done.json<Diagnosis>() }
}

async function examinePage(shown: TestPage, args: string[] = []): Promise<Diagnosis & { code: number | null }> {
  pages['/'] = shown
  return examine([`${site.url}/`, ...args])
}

const stopping = ({ findings }: Diagnosis) =>
  findings.filter(({ level }) => level === 'stops').map(({ check }) => check)
const about = ({ findings }: Diagnosis, check: string) => findings.filter((finding) => finding.check === check)

describe('a server', () => {
  test('that is well is told so, point by point', async () => {
    const found = await examine([])
    expect(found).toMatchObject({ code: 0, ok: true })
    expect(found.findings.map(({ check, level }) => `${check} ${level}`)).toEqual([
      'health ok',
      'clock ok',
      'key ok',
      'public-url ok',
      'https ok',
      'embed.js ok',
      'socket ok',
    ])
    const spoken = await runCommand(['doctor'], { PARLOR_URL: parlor.url, PARLOR_API_KEY: parlor.key })
    expect(spoken.stdout).toContain('✓ health: Parlor')
  })

  test('is asked what the key may do', async () => {
    expect(stopping(await examine([], { PARLOR_API_KEY: 'prl_live_unknown' }))).toEqual(['key'])
    const env = { PARLOR_URL: parlor.url, PARLOR_API_KEY: parlor.key }
    const made = await runCommand(['keys', 'create', '--scopes', 'read', '--json'], env)
    const { key } = made.json<{ key: string }>()
    const found = await examine([], { PARLOR_API_KEY: key })
    expect(about(found, 'scope')).toMatchObject([{ level: 'warning', instead: expect.stringContaining('keys create') }])
    expect(found.code).toBe(0)
  })

  test('that is not there, or is something else, is told from Parlor', async () => {
    const nobody = await examine([], { PARLOR_URL: `http://127.0.0.1:${await findFreePort()}` })
    expect(nobody).toMatchObject({
      code: 1,
      findings: [{ check: 'health', message: expect.stringContaining('ECONNREFUSED') }],
    })
    pages['/health'] = { html: '<h1>Hello</h1>' }
    expect((await examine([], { PARLOR_URL: site.url })).findings).toMatchObject([
      { level: 'stops', check: 'health', message: expect.stringContaining('not Parlor') },
      { check: 'key' },
      ...[{ check: 'embed.js' }, { check: 'socket' }],
    ])
  })

  test('behind a proxy that strips the upgrade has no live socket', async () => {
    const port = await findFreePort()
    let target = 0
    await using proxy = await serveWithoutUpgrades(() => target, port)
    await using behind = await startParlor({ env: { PARLOR_PUBLIC_URL: proxy.url } })
    target = behind.port
    const found = await examine([], { PARLOR_URL: behind.url, PARLOR_API_KEY: behind.key })
    expect(stopping(found)).toEqual(['socket'])
    expect(about(found, 'socket')[0]).toMatchObject({
      message: expect.stringContaining('404 instead of 101'),
      instead: expect.stringContaining('Upgrade'),
    })
    expect(about(found, 'public-url')).toMatchObject([
      { level: 'warning', message: expect.stringContaining(proxy.url) },
    ])
  })

  test('whose public address leads nowhere is told which setting that is', async () => {
    const url = `http://127.0.0.1:${await findFreePort()}`
    await using lost = await startParlor({ env: { PARLOR_PUBLIC_URL: url } })
    const found = await examine([], { PARLOR_URL: lost.url, PARLOR_API_KEY: lost.key })
    expect(stopping(found)).toEqual(['public-url'])
    expect(found.findings.at(-1)?.instead).toMatch(/^PARLOR_PUBLIC_URL=/)
  })
})

describe('a page', () => {
  test('with all in order, its token and its policy, is well', async () => {
    const html = page(`<parlor-widget token="${session.session_token}"></parlor-widget>`)
    const policy = `default-src 'none'; script-src ${parlor.url}; connect-src ${parlor.url}; frame-src ${parlor.url}`
    const headers = { 'content-security-policy': policy, 'cache-control': 'no-store' }
    const found = await examinePage({ html, headers })
    expect(stopping(found)).toEqual([])
    expect(found.code).toBe(0)
    expect(about(found, 'session')).toMatchObject([{ level: 'ok' }])
    expect(about(found, 'embed.js')).toMatchObject([{ level: 'ok' }])
  })

  test('whose policies, header and meta, do not name Parlor gets the lines to write', async () => {
    const meta = '<meta http-equiv="Content-Security-Policy" content="connect-src \'self\'">'
    const headers = { 'content-security-policy': ["script-src 'self'", "frame-src 'none'"] }
    const found = await examinePage({ html: page('', meta), headers })
    expect(found.code).toBe(1)
    expect(found.findings.filter(({ level }) => level === 'stops').map(({ instead }) => instead)).toEqual([
      `script-src 'self' ${parlor.url}`,
      `connect-src 'self' ${parlor.url}`,
      `frame-src ${parlor.url}`,
    ])
  })

  test('that only reports is not stopped', async () => {
    const headers = { 'content-security-policy-report-only': "default-src 'none'" }
    const found = await examinePage({ html: page(), headers })
    expect(found.code).toBe(0)
    expect(about(found, 'csp-report-only')).toHaveLength(1)
  })

  test('the session does not list is told how to list it', async () => {
    const found = await examinePage({ html: page() }, ['--session', foreign.session_id])
    expect(stopping(found)).toEqual(['session'])
    expect(about(found, 'session')[0]?.instead).toBe('"allowed_domains": ["127.0.0.1"]')
    expect(stopping(await examinePage({ html: page() }, ['--session', session.session_id]))).toEqual([])
    expect(stopping(await examinePage({ html: page() }, ['--session', 'unknown']))).toEqual(['session'])
  })

  test('that is sandboxed has no origin to be listed', async () => {
    const headers = { 'content-security-policy': 'sandbox allow-scripts' }
    const found = await examinePage({ html: page(), headers }, ['--session', session.session_id])
    expect(stopping(found)).toEqual(['sandbox', 'session'])
  })

  test('with a key in it is shouted at, and the key is not said again', async () => {
    const key = `prl_live_${'0123456789abcdef'.repeat(4)}`
    pages['/'] = { html: page(`<script>const key = '${key}'</script>`) }
    const spoken = await runCommand(['doctor', `${site.url}/`], { PARLOR_URL: parlor.url })
    expect(spoken.code).toBe(1)
    expect(spoken.stdout).toContain('STANDS IN THE PAGE')
    expect(spoken.stdout).not.toContain(key.slice(0, 24))
    expect(stopping(await examinePage({ html: page(`<!-- ${parlor.key} -->`) }))).toEqual(['keys'])
  })

  test('with another hash, or a loader that is not there, does not run it', async () => {
    const tag = (src: string) => `<script src="${src}" integrity="sha384-AAAA" crossorigin="anonymous"></script>`
    const wrong = await examinePage({ html: tag(`${parlor.url}/embed.js`) })
    expect(stopping(wrong)).toEqual(['integrity'])
    const right = about(wrong, 'integrity')[0]?.instead ?? ''
    expect(stopping(await examinePage({ html: right }))).toEqual([])
    expect(stopping(await examinePage({ html: tag(`${parlor.url}/embed/0.0.0/embed.js`) }))).toEqual(['embed.js'])
    expect(stopping(await examinePage({ html: '<p>nothing</p>' }))).toEqual(['script-tag'])
  })

  test('without the microphone can still be typed on', async () => {
    const found = await examinePage({ html: page(), headers: { 'permissions-policy': 'microphone=()' } })
    expect(found.code).toBe(0)
    expect(about(found, 'microphone')).toMatchObject([
      { level: 'warning', instead: `Permissions-Policy: microphone=(self "${parlor.url}")` },
    ])
  })

  test('is followed where it leads, and is no page where it leads nowhere', async () => {
    pages['/moved'] = { status: 302, headers: { location: '/' } }
    pages['/'] = { html: page() }
    const moved = await examine([`${site.url}/moved`])
    expect(moved.code).toBe(0)
    expect(about(moved, 'page')).toMatchObject([{ message: `The page was found at ${site.url}/.` }])
    expect(stopping(await examine([`${site.url}/nowhere`]))).toEqual(['page'])
    expect(stopping(await examinePage({ html: '{}', headers: { 'content-type': 'application/json' } }))).toEqual([
      'page',
    ])
  })

  test('without end is read in part, and one that never comes is not waited for', async () => {
    const endless = await examinePage({ html: page('x'.repeat(6 * 1024 * 1024)) })
    expect(about(endless, 'page')).toMatchObject([{ level: 'warning', message: expect.stringContaining('5 MiB') }])
    pages['/'] = { hangs: true }
    const silent = await runCommand(['doctor', `${site.url}/`])
    expect(silent).toMatchObject({ code: 1, stderr: expect.stringMatching(/^parlor: .*nothing came for 10 seconds/) })
  })
})
