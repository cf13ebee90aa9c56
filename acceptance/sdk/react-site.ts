import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Page } from 'playwright-core'
import type { Parlor } from '../harness/start-parlor.ts'
import type * as script from './react-page.ts'

type Script = typeof script

/** A site made with React, whose backend passes what comes under `/parlor` on to Parlor with the key. */
export interface ReactSite extends AsyncDisposable {
  url: string
  /** What was passed on, as `GET /path`. */
  passed: string[]
}

export async function startReactSite(parlor: Parlor): Promise<ReactSite> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./react-page.ts', import.meta.url))],
    bundle: true,
    format: 'iife',
    globalName: 'site',
    platform: 'browser',
    // StrictMode does what it is for in development only.
    define: { 'process.env.NODE_ENV': '"development"' },
    write: false,
    logLevel: 'silent',
  })
  const page =
    '<!doctype html><html lang="en"><title>A shop</title><body><script src="/site.js"></script></body></html>'
  const passed: string[] = []
  const server = createServer((incoming, response) => {
    const { url = '/', method = 'GET', headers } = incoming
    if (url.startsWith('/parlor/')) {
      passed.push(`${method} ${url.slice('/parlor'.length)}`)
      const { host: _, origin: __, ...others } = headers
      const onward = request(
        {
          host: '127.0.0.1',
          port: parlor.port,
          path: url.slice('/parlor'.length),
          method,
          headers: { ...others, 'x-api-key': parlor.key },
        },
        (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers)
          answer.pipe(response)
        },
      )
      incoming.pipe(onward)
    } else if (url === '/site.js') {
      response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end(outputFiles[0]?.text)
    } else response.writeHead(url === '/' ? 200 : 204, { 'content-type': 'text/html; charset=utf-8' }).end(page)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Calls what the page exports. */
export function inPage<N extends keyof Script>(page: Page, name: N, ...given: Parameters<Script[N]>) {
  return page.evaluate(
    ([which, wishes]) =>
      (window as unknown as { site: Record<string, (...wishes: unknown[]) => unknown> }).site[which]?.(...wishes),
    [name, given as unknown[]] as const,
  ) as Promise<ReturnType<Script[N]>>
}
