import type { Page } from 'playwright-core'
import { holdAnswers } from './hold-answer.ts'
import type { WidgetPage } from './pages.ts'
import { sampleAgent, sampleAgents } from './sample-agents.ts'
import type { Stage, Visitor } from './stage.ts'
import { refusalOf, viewWidget, type WidgetView } from './widget-view.ts'

/** One picture: how the visitor comes, and what happens before it is taken. */
export interface Shot {
  name: string
  /** One line for the page that shows it. */
  caption: string
  size: 'phone' | 'desktop'
  scheme?: 'light' | 'dark'
  /** The visitor's own few colours instead of ours. */
  forced?: true
  lang?: 'en' | 'de' | 'ar'
  /** Messages a session may hold on this shot's server. */
  limit?: number
  play(stage: Stage, visitor: Visitor): Promise<void>
}

interface Opening {
  session?: object
  page?: Partial<WidgetPage>
  host?: string
  token?: (token: string) => string
  /** Between the session and the page. */
  before?: (page: Page) => Promise<unknown>
}

interface Scene extends Visitor {
  stage: Stage
  widget: WidgetView
  sessionId: string
  question: string
}

const phoneStyle =
  '<style>:root{color-scheme:light dark}body{margin:0}h1{display:none}parlor-widget:not([mode]){height:100dvh}</style>'
const deskStyle =
  '<style>:root{color-scheme:light dark}body{font:16px/1.6 system-ui;margin:0 auto;max-width:420px}h1{margin:24px 0 16px}parlor-widget:not([mode]){height:600px}</style>'

/** A customer's page with the widget in it. */
function scene(shot: Pick<Shot, 'size' | 'lang'>, opening: Opening, act: (scene: Scene) => Promise<unknown>) {
  return async (stage: Stage, visitor: Visitor): Promise<void> => {
    const lang = shot.lang ?? 'en'
    const { question } = sampleAgents[lang]
    const agentId = await sampleAgent(stage.parlor, lang)
    const session = await stage.parlor.createSession(agentId, opening.session)
    await opening.before?.(visitor.page)
    const head = shot.size === 'phone' ? phoneStyle : deskStyle
    const token = opening.token?.(session.session_token) ?? session.session_token
    const where = opening.host === undefined ? undefined : { host: opening.host }
    await visitor.visit({ token, lang, head, ...opening.page }, where)
    const widget = viewWidget(visitor.page)
    await act({ ...visitor, stage, widget, sessionId: session.session_id, question })
  }
}

type Plan = Omit<Shot, 'play'> & Opening

function shot(plan: Plan, act: (scene: Scene) => Promise<unknown>): Shot {
  return { ...plan, play: scene(plan, plan, act) }
}

/** The same picture by day and by night. */
function both(plan: Plan, act: (scene: Scene) => Promise<unknown>): Shot[] {
  return (['light', 'dark'] as const).map((scheme) =>
    shot({ ...plan, name: `${plan.name}-${scheme}`, caption: `${plan.caption} (${scheme})`, scheme }, act),
  )
}

const greet = ({ widget }: Scene) => widget.isReady()
const ask = async ({ widget, question }: Scene) => {
  const answer = await widget.ask(question)
  await widget.isReady()
  return answer
}
const openCitation = async (at: Scene) => {
  const answer = await ask(at)
  await answer.locator('[data-parlor="citation"]').first().click()
  await at.widget.part('citation-panel').waitFor()
}
const seeScreen = ({ widget }: Scene) => widget.screenCode()
const seeRefusal = ({ page }: Scene) => refusalOf(page).waitFor()
const seeNotice = ({ widget }: Scene) => widget.part('notice').waitFor()
const tokenless = (token: string) => `${token.split('.').slice(0, 2).join('.')}.AAAA`
const noStorage = (page: Page) =>
  page.addInitScript(() => {
    Object.defineProperty(window, 'sessionStorage', {
      get() {
        throw new DOMException('no storage here', 'SecurityError')
      },
    })
  })

const talk: Shot[] = [
  ...both({ name: 'greeting-phone', caption: 'The greeting on a phone', size: 'phone' }, greet),
  ...both({ name: 'greeting-desktop', caption: 'The greeting in a page', size: 'desktop' }, greet),
  shot(
    { name: 'streaming', caption: 'An answer while it comes', size: 'phone', before: (page) => holdAnswers(page, 90) },
    async ({ widget, question }) => {
      await widget.isReady()
      await widget.say(question)
      await widget.part('stop').waitFor()
      await widget.part('message-agent').getByText('twelve').waitFor()
    },
  ),
  ...both({ name: 'answer', caption: 'An answer with its sources', size: 'phone' }, ask),
  ...both({ name: 'citation', caption: 'A citation, opened', size: 'phone' }, openCitation),
  shot({ name: 'citation-desktop', caption: 'A citation, opened in a page', size: 'desktop' }, openCitation),
  shot({ name: 'not-found', caption: 'What the documents do not say', size: 'phone' }, ({ widget }) =>
    widget.ask('Who invented the electric guitar pedal?'),
  ),
  shot({ name: 'small-talk', caption: 'Small talk', size: 'phone' }, ({ widget }) => widget.ask('Hello!')),
  shot({ name: 'german', caption: 'German', size: 'phone', lang: 'de' }, ask),
  shot({ name: 'arabic', caption: 'Arabic, from right to left', size: 'phone', lang: 'ar' }, ask),
  shot(
    { name: 'arabic-citation', caption: 'A citation in Arabic', size: 'phone', lang: 'ar', scheme: 'dark' },
    openCitation,
  ),
]

const screens: Shot[] = [
  ...both(
    {
      name: 'refused',
      caption: 'Refused by the loader: the site is not listed',
      size: 'phone',
      host: 'other.test',
      session: { settings: { allowed_domains: ['shop.test'] } },
    },
    seeRefusal,
  ),
  shot(
    {
      name: 'refused-german',
      caption: 'The same in German',
      size: 'phone',
      lang: 'de',
      host: 'other.test',
      session: { settings: { allowed_domains: ['shop.test'] } },
    },
    seeRefusal,
  ),
  shot(
    {
      name: 'unknown-session',
      caption: 'No such session',
      size: 'phone',
      page: { attributes: { session: '0197a000-0000-7000-8000-000000000000' } },
    },
    seeRefusal,
  ),
  shot(
    {
      name: 'unavailable',
      caption: 'Parlor is not reached by the loader',
      size: 'phone',
      before: (page) => page.route('**/embed/check*', (route) => route.abort()),
    },
    seeRefusal,
  ),
  shot(
    {
      name: 'offline',
      caption: 'Parlor is not reached by the frame',
      size: 'phone',
      before: (page) => page.routeWebSocket(/\/v1\/rt$/, (socket) => socket.close({ code: 1013 })),
    },
    seeScreen,
  ),
  shot({ name: 'bad-token', caption: 'A token that is not valid', size: 'phone', token: tokenless }, seeScreen),
  shot(
    {
      name: 'expired-unused',
      caption: 'A session that ran out before anything was said',
      size: 'phone',
      session: { settings: { max_duration: 1 } },
    },
    seeScreen,
  ),
  shot(
    { name: 'expired', caption: 'A session that ran out', size: 'phone', session: { settings: { max_duration: 4 } } },
    async (at) => {
      await ask(at)
      await seeScreen(at)
    },
  ),
  ...both({ name: 'ended', caption: 'A session that the backend ended', size: 'phone' }, async (at) => {
    await ask(at)
    await at.stage.parlor.endSession(at.sessionId)
    await seeScreen(at)
  }),
  shot({ name: 'ended-desktop', caption: 'The same in a page', size: 'desktop' }, async (at) => {
    await ask(at)
    await at.stage.parlor.endSession(at.sessionId)
    await seeScreen(at)
  }),
  shot({ name: 'limit', caption: 'A session that used up its messages', size: 'phone', limit: 1 }, async (at) => {
    await ask(at)
    await at.widget.say('When does the museum open?')
    await seeScreen(at)
  }),
  shot({ name: 'replaced', caption: 'The talk goes on in another window', size: 'phone' }, async (at) => {
    await ask(at)
    await at.page.evaluate(() => void window.open(location.href))
    await seeScreen(at)
  }),
  {
    name: 'opened-alone',
    caption: 'The frame opened as a page of its own',
    size: 'phone',
    async play(stage, { page }) {
      const agentId = await sampleAgent(stage.parlor, 'en')
      await page.goto((await stage.parlor.createSession(agentId)).widget_url)
      await page.locator('[data-parlor="screen"]').waitFor()
    },
  },
]

const onTheWay: Shot[] = [
  shot(
    { name: 'countdown', caption: 'The last minute', size: 'phone', session: { settings: { max_duration: 40 } } },
    async (at) => {
      await ask(at)
      await at.widget.part('countdown').waitFor()
    },
  ),
  shot({ name: 'reconnecting', caption: 'The connection is lost; a message waits', size: 'phone' }, async (at) => {
    await ask(at)
    at.stage.relay.cut()
    await at.widget.part('banner').waitFor()
    await at.widget.say('When does the museum open?')
    await at.widget.field.fill('and a draft')
  }),
  shot(
    {
      name: 'notice-text-off',
      caption: 'Typing is turned off',
      size: 'phone',
      session: { settings: { features: { text_input: false } } },
    },
    seeNotice,
  ),
  shot(
    {
      name: 'notice-input-off',
      caption: 'Typing and voice are turned off',
      size: 'phone',
      session: { settings: { features: { text_input: false, voice_input: false } } },
    },
    seeNotice,
  ),
  shot(
    { name: 'notice-no-keep', caption: 'A page that can keep nothing', size: 'phone', before: noStorage },
    async (at) => {
      await ask(at)
      await seeNotice(at)
    },
  ),
  shot(
    { name: 'bubble-closed', caption: 'A bubble, closed', size: 'desktop', page: { attributes: { mode: 'bubble' } } },
    ({ page }) => page.locator('[data-parlor="launcher"]').waitFor(),
  ),
  ...both(
    { name: 'bubble-open', caption: 'A bubble, open', size: 'desktop', page: { attributes: { mode: 'bubble' } } },
    async (at) => {
      await at.page.locator('[data-parlor="launcher"]').click()
      await ask(at)
    },
  ),
  shot(
    {
      name: 'bubble-phone',
      caption: 'A bubble on a phone, open',
      size: 'phone',
      page: { attributes: { mode: 'bubble' } },
    },
    async (at) => {
      await at.page.locator('[data-parlor="launcher"]').click()
      await ask(at)
    },
  ),
  shot({ name: 'forced-colors', caption: 'In the visitor’s own colours', size: 'phone', forced: true }, ask),
  shot(
    {
      name: 'themed',
      caption: 'In the colours of the page',
      size: 'desktop',
      page: { head: `${deskStyle}<style>parlor-widget{--parlor-accent:#7a1fa2;--parlor-radius:4px}</style>` },
    },
    ask,
  ),
]

/** Every state a visitor can see, in the order in which they are shown. */
export const shots: Shot[] = [...talk, ...onTheWay, ...screens]
