import { type LiveClient, type LiveState, streamingAnswer } from '@parlor/live-client'
import type { Citation } from '@parlor/protocol'
import { useEffect, useRef, useState } from 'preact/hooks'
import { agentStatus } from './agent-status.ts'
import { CitationPanel } from './chat/citation-panel.tsx'
import { Composer } from './chat/composer.tsx'
import { CopyButton } from './chat/copy-button.tsx'
import { Log } from './chat/log.tsx'
import { Header } from './header.tsx'
import { Screen } from './screens/screen.tsx'
import { whichScreen } from './screens/which-screen.ts'
import { useText } from './text-context.ts'
import { useLive } from './use-live.ts'

interface AppProps {
  client: LiveClient
  canKeep: boolean
  onClose: (() => void) | null
}

/** The talk: who, what was said, where to write; and above it what stands in the way, if anything does. */
export function App({ client, canKeep, onClose }: AppProps) {
  const state = useLive(client)
  const [draft, setDraft] = useState('')
  const [cited, setCited] = useState<Citation | null>(null)
  const page = useRef<HTMLDivElement>(null)
  useFocusOnOpen(page, onClose !== null && state.session !== null)
  const status = agentStatus(state)
  const screen = whichScreen(state.connection)
  const refusal = screen?.topic === 'refused' || screen?.topic === 'badToken' ? (state.error?.message ?? null) : null
  const hasTalk = state.transcript.entries.length > 0
  const isOver = state.connection.phase === 'closed'
  useFocusOnEnd(page, isOver)
  const act = () => (screen?.action === 'use_here' ? client.connect() : client.retryNow())

  return (
    <div ref={page} class="page" data-stage={hasTalk || screen ? 'talk' : 'hello'}>
      <Header
        isBare={screen !== null && !state.session}
        state={state}
        status={status}
        isTyping={draft !== ''}
        onClose={onClose}
      />
      <Banner state={state} isShown={!screen} />
      {screen && (
        <Screen kind={screen} isBanner={hasTalk} detail={refusal} onAction={act}>
          {hasTalk && isOver && <CopyButton state={state} draft={draft} />}
        </Screen>
      )}
      {(hasTalk || !screen) && (
        <Log
          state={state}
          isThinking={status === 'thinking'}
          isOver={isOver}
          showNoKeep={!canKeep && state.session !== null && !isOver}
          lostDraft={isOver && draft.trim() !== '' ? draft : ''}
          onCite={setCited}
        />
      )}
      {!isOver && <Foot client={client} state={state} draft={draft} onDraft={setDraft} />}
      {cited && <CitationPanel citation={cited} onClose={() => setCited(null)} />}
    </div>
  )
}

/** Says that the connection is gone while everything stays usable. */
function Banner({ state, isShown }: { state: LiveState; isShown: boolean }) {
  const text = useText()
  const isGone = isShown && state.connection.phase === 'reconnecting'
  return (
    <div class="banner-place" role="status">
      {isGone && (
        <p class="banner" data-parlor="banner">
          {text.reconnecting}
        </p>
      )}
    </div>
  )
}

interface FootProps {
  client: LiveClient
  state: LiveState
  draft: string
  onDraft: (draft: string) => void
}

/** The composer, or why there is none. */
function Foot({ client, state, draft, onDraft }: FootProps) {
  const text = useText()
  const features = state.session?.features
  if (features && !features.text_input) {
    return (
      <p class="notice notice-foot" data-parlor="notice" data-code={features.voice_input ? 'text_off' : 'input_off'}>
        {features.voice_input ? text.textOff : text.inputOff}
      </p>
    )
  }
  const isAnswering = state.connection.phase === 'open' && streamingAnswer(state.transcript) !== undefined
  return (
    <Composer
      draft={draft}
      onDraft={(now) => {
        onDraft(now)
        if (now !== '') client.typing()
      }}
      onSend={(now) => client.send(now) !== null}
      onStop={isAnswering ? () => client.interrupt() : null}
    />
  )
}

/** In a panel that opens, the visitor wants to write; in a page they may want to read on. */
function useFocusOnOpen(page: { current: HTMLElement | null }, isPanel: boolean): void {
  useEffect(() => {
    if (!isPanel) return
    const focus = () => page.current?.querySelector<HTMLElement>('textarea')?.focus()
    if (document.hasFocus()) focus()
    addEventListener('focus', focus)
    return () => removeEventListener('focus', focus)
  }, [isPanel, page])
}

/** The field the visitor wrote in is gone with the end: the focus goes to what says so, not to nowhere. */
function useFocusOnEnd(page: { current: HTMLElement | null }, isOver: boolean): void {
  useEffect(() => {
    if (!isOver || !document.hasFocus() || document.activeElement !== document.body) return
    page.current?.querySelector<HTMLElement>('.screen')?.focus({ preventScroll: true })
  }, [isOver, page])
}
