import {
  type FetchSession,
  ParlorCore,
  ParlorProvider,
  type ParlorSession,
  type SessionAccess,
  useAgents,
  useCreateWidgetSession,
  useEndWidgetSession,
  useKnowledgeBases,
  useParlorSession,
  useRequests,
  useWidgetSession,
} from '@parlor/sdk/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createElement as draw, type ReactNode, StrictMode } from 'react'
import { createRoot, type Root } from 'react-dom/client'

/*
 * A page of a site that was made with React. The test calls what is exported here; what a visitor would see is in the document.
 */

let root: Root | undefined
/** The session of the component drawn last. */
let session: ParlorSession | undefined
let fetched = 0

function Talk({ access, name }: { access?: SessionAccess | null | undefined; name: string }): ReactNode {
  session = useParlorSession(access)
  const { phase, entries, failure } = session
  const said = entries.map((entry) => ('text' in entry ? `${entry.kind}: ${entry.text}` : entry.kind))
  return draw(
    'section',
    { id: name, 'data-phase': phase },
    said.map((line, index) => draw('p', { key: `${index} ${line}` }, line)),
    failure === undefined ? null : draw('p', { role: 'alert' }, String(failure)),
  )
}

export interface Drawn {
  /** One component for each name, all with the same session. */
  names: string[]
  access?: SessionAccess | null | undefined
  /** What the site's backend answers; it can be asked once for each. */
  backend?: (object | 'refuses')[]
}

/** Draws the page, over what was drawn before. */
export function show({ names, access, backend }: Drawn): void {
  root ??= createRoot(document.body.appendChild(document.createElement('main')))
  const fetchSession: FetchSession = async () => {
    const answer = backend?.[fetched++]
    if (answer === undefined || answer === 'refuses') throw new Error('no session today')
    return answer as Awaited<ReturnType<FetchSession>>
  }
  const talks = names.map((name) => draw(Talk, { key: name, name, access }))
  const provider = draw(ParlorProvider, backend ? { fetchSession } : null, talks)
  root.render(draw(StrictMode, null, provider))
}

/** Takes all of it away. */
export function unmount(): void {
  root?.unmount()
  root = undefined
}

export const asked = (): number => fetched
export const send = (text: string): string | null => session?.send(text) ?? null
export const leave = (): void => session?.leave()
export const connect = (): void => session?.connect()

function Office({ agentId }: { agentId: string }): ReactNode {
  const create = useCreateWidgetSession()
  const end = useEndWidgetSession()
  const id = create.data?.session_id ?? ''
  const one = useWidgetSession({ session_id: id }, { enabled: id !== '' })
  const lists = { agents: useAgents({ page: 1 }), bases: useKnowledgeBases(), requests: useRequests() }
  return draw(
    'section',
    { id: 'office' },
    Object.entries(lists).map(([name, { data, error }]) =>
      draw('p', { key: name, id: name }, error ? String(error) : data?.data.length),
    ),
    draw('p', { id: 'status' }, one.data?.status),
    draw(
      'button',
      { id: 'create', type: 'button', onClick: () => create.mutate({ request: { agentic_avatar_id: agentId } }) },
      'Create',
    ),
    draw(
      'button',
      {
        id: 'end',
        type: 'button',
        onClick: () => end.mutate({ request: { session_id: id } }, { onSuccess: () => one.refetch() }),
      },
      'End',
    ),
  )
}

/** A back office, whose backend at `baseUrl` adds the key. With `apiKey` it says what is thrown. */
export function office({ agentId, baseUrl, apiKey }: { agentId: string; baseUrl: string; apiKey?: string }): void {
  const client = new ParlorCore({ baseUrl, apiKey })
  root = createRoot(document.body.appendChild(document.createElement('main')), {
    onUncaughtError: (error) => document.body.append(String(error)),
  })
  const provider = draw(ParlorProvider, { client }, draw(Office, { agentId }))
  root.render(draw(StrictMode, null, draw(QueryClientProvider, { client: new QueryClient() }, provider)))
}
