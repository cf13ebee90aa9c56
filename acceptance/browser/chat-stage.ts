import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { type ChatSite, startChatSite } from '../harness/chat-site.ts'
import { type FakeModel, startFakeModel } from '../harness/fake-model.ts'
import { type Parlor, startParlor } from '../harness/start-parlor.ts'
import { launchBrowser } from './browser.ts'
import { museum } from './museum.ts'
import { type Relay, startRelay } from './relay.ts'
import { type Watch, watchContext } from './watch.ts'

/** A browser, a server with a model, the example site with a chat of its own, and a wire between them that can be cut. */
export interface ChatStage {
  browser: Browser
  parlor: Parlor
  model: FakeModel
  /** Where browsers and the site's backend reach Parlor: through the relay. */
  parlorUrl: string
  relay: Relay
  /** Its origin is `localhost`; the same page under {@link otherOrigin} is a stranger's. */
  site: ChatSite
  otherOrigin: string
  /** A token as a backend gets it, for the site's origin unless it wishes another one. */
  mint(wish?: object): Promise<string>
  revoke(token: string): Promise<void>
  openVisitor(options?: BrowserContextOptions): Promise<ChatVisitor>
  close(): Promise<void>
}

export interface ChatVisitor {
  page: Page
  watch: Watch
  /** `Cookie` headers that were sent to Parlor. */
  cookiesSent: string[]
  close(): Promise<void>
}

export interface ChatStageOptions {
  /** Settings of the server. */
  env?: Record<string, string>
  /** Settings of the site. */
  siteEnv?: Record<string, string>
  /** Answers are quotations, without a model. */
  isExtractive?: boolean
}

/** Starts everything, one after the other, for each takes a port that is free at that moment. */
export async function openChatStage({ env, siteEnv, isExtractive }: ChatStageOptions = {}): Promise<ChatStage> {
  const relay = await startRelay()
  const model = await startFakeModel()
  const parlorUrl = `http://127.0.0.1:${relay.port}`
  const parlor = await startParlor({
    env: {
      PARLOR_PUBLIC_URL: parlorUrl,
      PARLOR_LLM_BASE_URL: model.baseUrl,
      PARLOR_LLM_MODEL: 'house-model',
      ...env,
    },
  })
  relay.leadTo(parlor.port)
  await parlor.createAgent({ ...museum, model: isExtractive ? 'extractive' : 'default' })
  const site = await startChatSite({ parlorUrl, key: parlor.key, ...(siteEnv && { env: siteEnv }) })
  const browser = await launchBrowser()
  const asBackend = { 'gram-key': parlor.key }
  return {
    browser,
    parlor,
    model,
    parlorUrl,
    relay,
    site,
    otherOrigin: site.url.replace('localhost', '127.0.0.1'),
    async mint(wish) {
      const body = { embed_origin: site.url, ...wish }
      const made = await parlor.request<{ client_token: string }>('POST', '/rpc/chatSessions.create', body, asBackend)
      if (made.status !== 200) throw new Error(`chatSessions.create answered ${made.status}: ${made.text}`)
      return made.body.client_token
    },
    async revoke(token) {
      const path = `/rpc/chatSessions.revoke?token=${token}`
      const gone = await parlor.request('DELETE', path, undefined, asBackend)
      if (gone.status !== 204) throw new Error(`chatSessions.revoke answered ${gone.status}: ${gone.text}`)
    },
    openVisitor: (options) => openVisitor(browser, parlorUrl, options),
    async close() {
      await browser.close()
      await Promise.all([site.stop(), relay.close(), parlor[Symbol.asyncDispose](), model[Symbol.asyncDispose]()])
    },
  }
}

async function openVisitor(browser: Browser, parlorUrl: string, options?: BrowserContextOptions): Promise<ChatVisitor> {
  const context = await browser.newContext({ locale: 'en-GB', ...options })
  const watch = await watchContext(context)
  const cookiesSent: string[] = []
  context.on('requestfinished', async (request) => {
    if (!request.url().startsWith(parlorUrl)) return
    const { cookie } = await request.allHeaders().catch((): Record<string, string> => ({}))
    if (cookie !== undefined) cookiesSent.push(cookie)
  })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  return { page, watch, cookiesSent, close: () => context.close() }
}
