import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Page } from 'playwright-core'
import { type Pages, servePages } from '../harness/serve-pages.ts'
import type * as clients from './chat-clients-page.ts'

export type Clients = typeof clients
type Name = keyof Clients

/** A site that serves one page with the published clients in it, bundled and otherwise as they are shipped. */
export async function serveClients(): Promise<Pages> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./chat-clients-page.ts', import.meta.url))],
    bundle: true,
    format: 'iife',
    globalName: 'clients',
    platform: 'browser',
    write: false,
    logLevel: 'silent',
  })
  const script = outputFiles[0]?.text ?? ''
  const html = '<!doctype html><html lang="en"><title>Clients</title><script src="/clients.js"></script></html>'
  return servePages({
    '/': { html },
    '/clients.js': { html: script, headers: { 'content-type': 'text/javascript; charset=utf-8' } },
    '/favicon.ico': { status: 204 },
  })
}

/** Calls one of the clients in the page. */
export function callClient<N extends Name>(
  page: Page,
  name: N,
  given: Parameters<Clients[N]>[0],
): ReturnType<Clients[N]> {
  return page.evaluate(
    ([which, wish]) =>
      (window as unknown as { clients: Record<string, (wish: unknown) => unknown> }).clients[which]?.(wish),
    [name, given] as const,
  ) as ReturnType<Clients[N]>
}
