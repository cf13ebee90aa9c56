import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { createElement as draw, type ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import {
  buildAgentsQuery,
  buildEndWidgetSessionMutation,
  invalidateAgents,
  mutationKeyEndWidgetSession,
  NoAnswerError,
  ParlorCore,
  ParlorProvider,
  prefetchAgents,
  queryKeyAgents,
  useAgents,
  useParlorSession,
} from './index.ts'

const baseUrl = 'https://shop.example/parlor'
const access = { token: 'head.claims.signature', url: 'wss://parlor.example/v1/rt' }

function Talk({ given }: { given?: Parameters<typeof useParlorSession>[0] }): ReactNode {
  const { phase, entries, send } = useParlorSession(given)
  return `${phase} ${entries.length} ${send('Hello?')}`
}

test('on a server a session is idle, and nobody joins or fetches', () => {
  const socket = vi.spyOn(globalThis, 'WebSocket')
  const fetchSession = vi.fn()
  expect(renderToString(draw(Talk, { given: access }))).toBe('idle 0 null')
  expect(renderToString(draw(ParlorProvider, { fetchSession }, draw(Talk)))).toBe('idle 0 null')
  expect([socket.mock.calls.length, fetchSession.mock.calls.length]).toEqual([0, 0])
  socket.mockRestore()
})

test.each([
  ['an API key', { ...access, token: 'sk_live_0123456789abcdef0123' }, /never holds an API key/],
  ['a key without a prefix', { ...access, token: 'b'.repeat(40) }, /never holds an API key/],
  ['no address', { ...access, url: 'parlor.example' }, /address/],
  ['nothing', undefined, /fetchSession/],
])('%s is no session', (_, given, words) => {
  expect(() => renderToString(draw(Talk, { given }))).toThrow(words)
})

test.each([
  ['a key', { apiKey: 'sk_live_0123456789' }],
  ['an operator session', { operatorSession: 'os_0123456789' }],
  ['a key in a header', { headers: { 'X-API-Key': 'sk_live_0123456789' } }],
])('a client with %s is refused, and the words do not show it', (_, secret) => {
  const client = new ParlorCore({ baseUrl, ...secret })
  expect(() => renderToString(draw(ParlorProvider, { client }))).toThrow(/^A client with a key[^0]*$/)
})

/** A client of a backend that answers with pages of agents, or not at all. */
function office(answer: () => Response): { client: ParlorCore; asked: string[] } {
  const asked: string[] = []
  const ask: typeof fetch = async (url, init) => {
    init?.signal?.throwIfAborted()
    asked.push(String(url))
    return answer()
  }
  return { client: new ParlorCore({ baseUrl, fetch: ask, retries: 0 }), asked }
}

const page = { data: [{ id: 'a' }], agentic_avatars: [], meta: { page: 2 }, pagination: {} }

test('what was asked for ahead is there when the page is drawn, under a key that says what it is', async () => {
  const { client, asked } = office(() => Response.json(page))
  const queryClient = new QueryClient()
  await prefetchAgents(queryClient, client, { page: 2 })
  expect(asked).toEqual([`${baseUrl}/v1/agentic-avatars?page=2`])
  expect(queryKeyAgents({ page: 2 })).toEqual(['@parlor/sdk', 'agents', 'list', { page: 2 }])
  function Agents(): ReactNode {
    const built = useQuery(buildAgentsQuery(client, { page: 2 }))
    return `${useAgents({ page: 2 }).data?.data[0]?.id} ${built.data?.data.length}`
  }
  const tree = draw(ParlorProvider, { client }, draw(Agents))
  expect(renderToString(draw(QueryClientProvider, { client: queryClient }, tree))).toBe('a 1')
  expect(asked).toHaveLength(1)
  await invalidateAgents(queryClient)
  expect(queryClient.getQueryState(queryKeyAgents({ page: 2 }))?.isInvalidated).toBe(true)
})

test('leaving the request out is asking for the first page', () => {
  expect(queryKeyAgents()).toEqual(queryKeyAgents({}))
})

test('a query that failed is not tried again by TanStack, which the client did already', async () => {
  const { client, asked } = office(() => Response.json({ code: 'PROCESSING_ERROR', message: 'x' }, { status: 500 }))
  const queryClient = new QueryClient()
  await expect(queryClient.fetchQuery(buildAgentsQuery(client))).rejects.toMatchObject({ code: 'PROCESSING_ERROR' })
  expect(asked).toHaveLength(1)
})

test('TanStack and the caller both may call a query off', async () => {
  const { client } = office(() => Response.json(page))
  const calledOff = AbortSignal.abort()
  const { signal } = new AbortController()
  const off = [
    buildAgentsQuery(client).queryFn({ signal: calledOff }),
    buildAgentsQuery(client, {}, { signal: calledOff }).queryFn({ signal }),
  ]
  for (const one of off) await expect(one).rejects.toMatchObject({ reason: 'aborted' })
  expect(await buildAgentsQuery(client, {}, { signal }).queryFn({ signal })).toEqual(page)
})

test('a mutation rejects with the error of the call, whose own options go before the usual ones', async () => {
  const { client } = office(() => {
    throw new TypeError('no network')
  })
  const { mutationKey, mutationFn } = buildEndWidgetSessionMutation(client, { signal: AbortSignal.abort() })
  expect(mutationKey).toEqual(mutationKeyEndWidgetSession())
  const request = { session_id: 's' }
  await expect(mutationFn({ request })).rejects.toMatchObject({ reason: 'aborted' })
  const { signal } = new AbortController()
  const refused = mutationFn({ request, call: { signal } })
  await expect(refused).rejects.toBeInstanceOf(NoAnswerError)
  await expect(refused).rejects.toMatchObject({ reason: 'connection' })
})
