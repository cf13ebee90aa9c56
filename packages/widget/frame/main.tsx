import { createLiveClient, keptOf, type LiveClient } from '@parlor/live-client'
import { render } from 'preact'
import { directionOf, pickLanguage } from '../languages.ts'
import { readTokenClaims } from '../token-claims.ts'
import { App } from './app.tsx'
import { applyTheme } from './apply-theme.ts'
import type { Messages } from './i18n/en.ts'
import { loadMessages } from './i18n/load-messages.ts'
import { meetParent, type ParentPage } from './parent-page.ts'
import { parseKept } from './parse-kept.ts'
import { endedMessage } from './report-end.ts'
import { Screen } from './screens/screen.tsx'
import type { ScreenKind } from './screens/which-screen.ts'
import { TextContext } from './text-context.ts'

const place = document.getElementById('parlor') ?? document.body
const session = new URLSearchParams(location.search).get('session')

async function speak(locale?: string): Promise<Messages> {
  const { language, messages } = await loadMessages(pickLanguage([locale, ...navigator.languages]))
  document.documentElement.lang = language
  document.documentElement.dir = directionOf(language)
  return messages
}

function showScreen(kind: ScreenKind, text: Messages): void {
  render(
    <TextContext value={text}>
      <div class="page" data-stage="talk">
        <Screen kind={kind} />
      </div>
    </TextContext>,
    place,
  )
}

function connect(page: ParentPage): LiveClient {
  const { token, locale } = page.start
  const kept = parseKept(page.start.kept)
  const { exp } = readTokenClaims(token)
  const url = new URL('v1/rt', location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  url.search = ''
  return createLiveClient({
    url: url.href,
    token,
    ...(session === null ? {} : { session }),
    ...(kept ? { visitor: kept.visitor } : {}),
    ...(typeof exp === 'number' ? { expiresAt: exp * 1000 } : {}),
    locale: locale ?? navigator.language,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    reducedMotion: matchMedia('(prefers-reduced-motion: reduce)').matches,
  })
}

/** Tells the page around us what it has to know: that we are ready, what to keep, and how it ended. */
function report(client: LiveClient, page: ParentPage): void {
  let before = client.state
  client.subscribe((state) => {
    const kept = keptOf(state)
    const isNews = state.visitor !== before.visitor || state.transcript.lastSeq !== before.transcript.lastSeq
    if (kept && isNews && page.start.can_keep) page.tell({ type: 'parlor.keep', kept })
    if (state.connection !== before.connection) {
      if (state.connection.phase === 'open' && state.visitor)
        page.tell({ type: 'parlor.ready', visitor: state.visitor.id })
      if (state.connection.phase === 'closed') page.tell(endedMessage(state.connection))
    }
    before = state
  })
}

async function main(): Promise<void> {
  if (window.parent === window) return showScreen({ topic: 'notEmbedded', code: 'not_embedded' }, await speak())
  const page = await meetParent(window)
  const { theme, color_scheme, locale, token, can_keep, closable } = page.start
  applyTheme(document.documentElement, theme, color_scheme)
  page.onTheme((change) => applyTheme(document.documentElement, change.theme, change.color_scheme))
  const text = await speak(locale)
  if (session === null) return showScreen({ topic: 'notFound', code: 'not_found' }, text)
  // Our address decides who may frame us; a token of another session must not profit from that.
  if (readTokenClaims(token).sub !== session) {
    page.tell({ type: 'parlor.ended', reason: 'bad_token', code: 4401 })
    return showScreen({ topic: 'badToken', code: 'wrong_session' }, text)
  }
  const client = connect(page)
  report(client, page)
  const onClose = closable ? () => page.tell({ type: 'parlor.close' }) : null
  render(
    <TextContext value={text}>
      <App client={client} canKeep={can_keep} onClose={onClose} />
    </TextContext>,
    place,
  )
  client.connect()
  if (onClose) {
    addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !document.querySelector('dialog[open]')) onClose()
    })
  }
}

main()
