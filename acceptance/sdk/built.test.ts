import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BuiltSdk, buildSdk } from '../../packages/sdk/build.ts'
import { browserPath, launchBrowser } from '../browser/browser.ts'
import { servePages } from '../harness/serve-pages.ts'
import { type Parlor, startParlor } from '../harness/start-parlor.ts'
import { findNodes } from './find-nodes.ts'

const run = promisify(execFile)
const script = fileURLToPath(new URL('./use-built.mjs', import.meta.url))
const nodes = findNodes()
const origin = 'https://shop.example'
const hours = { name: 'hours.md', text: '# Opening hours\n\nWe are open from ten to six every day.' }

let parlor: Parlor
let built: BuiltSdk
let agentId: string

beforeAll(async () => {
  parlor = await startParlor()
  built = await buildSdk()
  agentId = await parlor.createAgent({ documents: [hours] })
  console.log(`the SDK as it is published runs on Node ${nodes.map(({ version }) => version).join(', ')}`)
})
afterAll(() => parlor[Symbol.asyncDispose]())

describe('the package as it is published', () => {
  it.each(nodes)('works on Node $version', async ({ path }) => {
    const told = {
      dist: built.dist,
      entries: built.entries.map((entry) => entry.built),
      url: parlor.url,
      apiKey: parlor.key,
      agentId,
      origin,
    }
    const env = { PATH: process.env.PATH, PARLOR_BASE_URL: parlor.url, PARLOR_API_KEY: parlor.key }
    const { stdout, stderr } = await run(path, [script, JSON.stringify(told)], { env })
    const done = JSON.parse(stdout)
    expect(done).toMatchObject({ status: 'active', refused: 'NOT_FOUND', isOneClass: true })
    expect(done.names).toContain('Iris')
    expect(done.answer).toContain('from ten to six')
    // Node 20 has no WebSocket of its own.
    if (!/^v20\./.test(done.node)) expect(done.said).toContain('from ten to six')
    expect(stderr.replace(/.*ExperimentalWarning.*\n|.*--trace-warnings.*\n/g, '')).toBe('')
  })

  it('needs nothing else to be installed', () => {
    const manifest = JSON.parse(readFileSync(join(built.dist, 'package.json'), 'utf8'))
    expect(manifest.dependencies).toBeUndefined()
    const peers = Object.keys(manifest.peerDependencies)
    expect(peers.filter((name) => manifest.peerDependenciesMeta[name]?.optional !== true)).toEqual([])
  })

  it.skipIf(!browserPath)('works in Chromium, live and as a stream, with tokens alone', async () => {
    const files = readdirSync(built.dist, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'))
    const module = (file: string) => ({
      html: readFileSync(join(built.dist, file), 'utf8'),
      headers: { 'content-type': 'text/javascript' },
    })
    await using pages = await servePages({
      '/': {
        html: `<!doctype html><title>Shop</title><link rel="icon" href="data:,"><script type="module">import * as sdk from '/browser/index.js'; globalThis.sdk = sdk</script>`,
      },
      ...Object.fromEntries(files.map((file) => [`/${file}`, module(file)])),
    })
    const { session_token } = await parlor.createSession(agentId, { allowed_origins: [pages.url] })
    const gram = { 'gram-key': parlor.key, 'gram-project': 'default' }
    const minted = await parlor.request('POST', '/rpc/chatSessions.create', { embed_origin: pages.url }, gram)
    const browser = await launchBrowser()
    try {
      const page = await browser.newPage()
      const complaints: string[] = []
      page.on('console', (message) => complaints.push(message.text()))
      page.on('pageerror', (error) => complaints.push(String(error)))
      await page.goto(pages.url)
      const said = await page.evaluate(useInPage, {
        url: parlor.url,
        session_token,
        token: minted.body.client_token as string,
      })
      expect(said.live).toContain('from ten to six')
      expect(said.chat).toContain('from ten to six')
      expect(said.refused).toContain('This is an API key')
      expect(complaints).toEqual([])
    } finally {
      await browser.close()
    }
  })
})

interface Given {
  url: string
  session_token: string
  token: string
}

/** Runs in the page. */
async function useInPage({ url, session_token, token }: Given) {
  const { createBrowserSession, streamChat } = (globalThis as unknown as { sdk: typeof import('@parlor/sdk/browser') })
    .sdk
  const session = createBrowserSession({ url, token: session_token })
  const live = new Promise<string>((resolve) =>
    session.on('transcript', ({ entries }) => {
      const last = entries.findLast((entry) => entry.kind === 'agent')
      if (last?.finish === 'complete') resolve(last.text)
    }),
  )
  session.connect()
  session.send('When are you open?')
  let chat = ''
  for await (const event of streamChat({ url, token, messages: [{ role: 'user', content: 'When are you open?' }] })) {
    if (event.type === 'text') chat += event.text
  }
  let refused = ''
  try {
    createBrowserSession({ url, token: 'prl_live_0' })
  } catch (error) {
    refused = String(error)
  }
  return { live: await live, chat, refused }
}
