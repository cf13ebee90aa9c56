import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { type Parlor, startParlor } from '../harness/start-parlor.ts'
import { launchBrowser } from './browser.ts'
import { type CustomerSite, startCustomerSite } from './customer-site.ts'
import { metricsToken } from './open-sockets.ts'
import { type WidgetPage, widgetPage } from './pages.ts'
import { type Relay, startRelay } from './relay.ts'
import { type Watch, watchContext } from './watch.ts'

/** A browser, a server, a customer's web server, and a wire between browser and server that can be cut. */
export interface Stage {
  browser: Browser
  parlor: Parlor
  /** Where the browser reaches Parlor: a name of its own, through the relay. */
  parlorUrl: string
  relay: Relay
  site: CustomerSite
  /** One visitor with a fresh profile. */
  openVisitor(options?: BrowserContextOptions): Promise<Visitor>
  /** A visitor with a context that was opened elsewhere. */
  adopt(context: BrowserContext): Promise<Visitor>
  close(): Promise<void>
}

export interface Visitor {
  context: BrowserContext
  page: Page
  watch: Watch
  /** Opens a customer's page with the widget. Without a host it is `shop.test`. */
  visit(page: WidgetPage, where?: { host?: string; headers?: Record<string, string> }): Promise<void>
}

/** Starts everything a browser test needs. @throws Error when there is no browser. */
export async function openStage(env: Record<string, string> = {}): Promise<Stage> {
  // One after the other, for each takes a port that is free at that moment.
  const relay = await startRelay()
  const site = await startCustomerSite()
  const parlorUrl = `http://parlor.test:${relay.port}`
  const parlor = await startParlor({
    env: { PARLOR_PUBLIC_URL: parlorUrl, PARLOR_METRICS_TOKEN: metricsToken, ...env },
  })
  relay.leadTo(parlor.port)
  const browser = await launchBrowser()
  const adopt = (context: BrowserContext) => watchVisitor(context, parlorUrl, site)
  return {
    browser,
    parlor,
    parlorUrl,
    relay,
    site,
    adopt,
    openVisitor: async (options = {}) => adopt(await browser.newContext({ locale: 'en-GB', ...options })),
    async close() {
      await browser.close()
      await Promise.all([site.close(), relay.close(), parlor[Symbol.asyncDispose]()])
    },
  }
}

async function watchVisitor(context: BrowserContext, parlorUrl: string, site: CustomerSite): Promise<Visitor> {
  const watch = await watchContext(context)
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  return {
    context,
    page,
    watch,
    async visit(wanted, where) {
      await page.goto(site.put(widgetPage(parlorUrl, wanted), where))
    },
  }
}
