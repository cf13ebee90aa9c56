import { MutationObserver, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, createElement, type ReactNode, StrictMode } from 'react'
import type { Root } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterAll, afterEach, beforeAll, describe, expect, it, test, vi } from 'vitest'
import { GramCore, ServiceError } from '../index.ts'
import {
  buildChatSessionsCreateMutation,
  type ChatSessionsCreateMutationError,
  GramProvider,
  type MutationHookOptions,
  mutationKeyChatSessionsCreate,
  mutationKeyChatSessionsRevoke,
  useChatSessionsCreateMutation,
  useChatSessionsRevokeMutation,
  useGramContext,
} from '../react-query/index.ts'
import { type BareDocument, openBareDocument } from '../testing/bare-document.ts'
import { askedBody, created, type OddServer, refusal, startOddServer } from '../testing/odd-server.ts'

let server: OddServer
let page: BareDocument
let root: Root
beforeAll(async () => {
  server = await startOddServer()
  page = openBareDocument()
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  const { createRoot } = await import('react-dom/client')
  root = createRoot(page.container)
})
afterEach(() => act(() => root.render(null)))
afterAll(async () => {
  await act(() => root.unmount())
  Reflect.deleteProperty(globalThis, 'IS_REACT_ACT_ENVIRONMENT')
  page.close()
  await server[Symbol.asyncDispose]()
})

const core = () => new GramCore({ serverURL: server.url })

/** What a component with this hook sees now; it is drawn under StrictMode. */
async function mount<Seen>(useHook: () => Seen, client = core(), queries = new QueryClient()): Promise<{ now: Seen }> {
  const seen = {} as { now: Seen }
  const Component = (): ReactNode => {
    seen.now = useHook()
    return null
  }
  const inside = createElement(GramProvider, { client }, createElement(Component))
  const tree = createElement(QueryClientProvider, { client: queries }, inside)
  await act(() => root.render(createElement(StrictMode, null, tree)))
  return seen
}

describe('in a component, under StrictMode', () => {
  test('mutate gives data.clientToken, after one request', async () => {
    server.answers({ body: created })
    const hook = await mount(() => useChatSessionsCreateMutation())
    expect(server.requests).toHaveLength(0)
    await act(async () => {
      hook.now.mutate({ request: askedBody })
      await vi.waitUntil(() => hook.now.isSuccess, 30_000)
    })
    expect(hook.now.data?.clientToken).toBe('aaa.bbb.ccc')
    expect(server.requests).toHaveLength(1)
  })

  test('a 401 of the server is a ServiceError', async () => {
    server.answers({ status: 401, body: refusal('unauthorized') })
    const hook = await mount(() => useChatSessionsCreateMutation())
    await act(async () => {
      hook.now.mutate({ request: askedBody })
      await vi.waitUntil(() => hook.now.isError, 30_000)
    })
    const error: ChatSessionsCreateMutationError | null = hook.now.error
    expect(error).toBeInstanceOf(ServiceError)
    expect(error).toMatchObject({ statusCode: 401, data$: { name: 'unauthorized' } })
  })

  test('revoking has no data, and TanStack’s own options are heard', async () => {
    server.answers({ status: 204 })
    const onSuccess = vi.fn()
    const hook = await mount(() => useChatSessionsRevokeMutation({ onSuccess, headers: { 'x-hook': 'yes' } }))
    await act(async () => {
      await hook.now.mutateAsync({ request: { token: 't' } })
      await vi.waitUntil(() => !hook.now.isPending, 30_000)
    })
    expect([hook.now.status, hook.now.data]).toEqual(['success', undefined])
    expect(onSuccess.mock.calls[0]?.slice(0, 2)).toEqual([undefined, { request: { token: 't' } }])
    expect(server.requests[0]).toMatchObject({
      line: 'DELETE /rpc/chatSessions.revoke?token=t',
      headers: { 'x-hook': 'yes' },
    })
  })

  test('defaults set under the key of the guide reach it', async () => {
    server.answers(
      { status: 500, body: refusal('unexpected') },
      { status: 500, body: refusal('unexpected') },
      { body: created },
    )
    const queries = new QueryClient()
    queries.setMutationDefaults(['@gram/client'], { retry: 2, retryDelay: 1 })
    const hook = await mount(() => useChatSessionsCreateMutation(), core(), queries)
    await act(() => hook.now.mutateAsync({ request: askedBody }))
    expect(server.requests).toHaveLength(3)
  })

  test('the client is the one of the provider', async () => {
    const client = core()
    expect((await mount(() => useGramContext(), client)).now).toBe(client)
  })
})

test('without a provider the hooks throw, also on a server', () => {
  const Component = () => {
    useGramContext()
    return null
  }
  expect(() => renderToString(createElement(Component))).toThrow('There is no GramProvider above this component.')
  expect(renderToString(createElement(GramProvider, { client: core() }, createElement(Component)))).toBe('')
})

describe('a mutation without the hook', () => {
  const build = (hook?: MutationHookOptions) => buildChatSessionsCreateMutation(core(), hook as object)

  it('has the key that defaults are set under', () => {
    expect(mutationKeyChatSessionsCreate()).toEqual(['@gram/client', 'chatSessions', 'create'])
    expect(mutationKeyChatSessionsRevoke()).toEqual(['@gram/client', 'chatSessions', 'revoke'])
    expect(build().mutationKey).toEqual(mutationKeyChatSessionsCreate())
  })

  it('works in an observer, and rejects with the error itself', async () => {
    server.answers({ status: 401, body: refusal('unauthorized') }, { body: created })
    const observer = new MutationObserver(new QueryClient(), build())
    await expect(observer.mutate({ request: askedBody })).rejects.toBeInstanceOf(ServiceError)
    expect(await observer.mutate({ request: askedBody })).toMatchObject({ clientToken: 'aaa.bbb.ccc' })
  })

  it('puts the options of the call over the hook’s, and joins the nested ones field by field', async () => {
    server.answers({ body: created })
    const none = { strategy: 'none' } as const
    const hook = {
      retries: { strategy: 'backoff', backoff: { maxInterval: 1 } } as const,
      headers: { 'x-from': 'hook' },
      fetchOptions: { headers: { 'x-nested': 'hook' }, redirect: 'error' } as const,
    }
    await build(hook).mutationFn({ request: askedBody })
    expect(server.requests[0]?.headers).toMatchObject({ 'x-from': 'hook', 'x-nested': 'hook' })

    server.answers({ status: 500, body: refusal('unexpected') }, { body: created })
    await build(hook).mutationFn({ request: askedBody })
    expect(server.requests).toHaveLength(2)

    server.answers({ status: 307, headers: { location: '/elsewhere' } })
    const options = { retries: none, headers: { 'x-from': 'call' }, fetchOptions: { headers: { 'x-nested': 'call' } } }
    const failed = await build(hook)
      .mutationFn({ request: askedBody, options })
      .catch((error: Error) => error)
    expect(server.requests[0]?.headers).toMatchObject({ 'x-from': 'call', 'x-nested': 'call' })
    // The hook's `redirect` still holds beside the call's headers.
    expect(failed).toMatchObject({ name: 'ConnectionError' })
    expect(server.requests).toHaveLength(1)
  })

  const places = ['hook', 'hook, nested', 'call', 'call, nested']
  it.each(places.map((place, index) => [place, index] as const))(
    'is called off by the signal of the %s',
    async (_, index) => {
      server.answers({ does: 'hang' })
      const all = places.map(() => new AbortController())
      const [hook, hookNested, call, callNested] = all.map(({ signal }) => ({ signal }))
      const variables = { request: askedBody, options: { ...call, fetchOptions: { ...callNested } } }
      const asked = buildChatSessionsCreateMutation(core(), { ...hook, fetchOptions: { ...hookNested } }).mutationFn(
        variables,
      )
      all[index]?.abort()
      await expect(asked).rejects.toMatchObject({ name: 'RequestAbortedError' })
    },
  )
})
