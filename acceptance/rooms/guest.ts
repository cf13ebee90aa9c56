import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'
import { type Pages, servePages } from '../harness/serve-pages.ts'
import type * as roomPage from './room-page.ts'
import type { Told } from './room-page.ts'

type Functions = typeof roomPage
type Given<N extends keyof Functions> = Parameters<Functions[N]>[0]

/** Somebody who meets an avatar: a page with the media server's published client, in a browser context of its own. */
export interface Guest {
  page: Page
  /** Null, or what the client says it failed with. */
  join(at: { url: string; token: string }): Promise<string | null>
  call<N extends keyof Functions>(name: N, given?: Given<N>): ReturnType<Functions[N]>
  /** What was told so far, of one kind. */
  told(kind: Told['kind']): Promise<Told[]>
  /** Waits until something of this kind was told whose body, as JSON, holds `text`. */
  hears(kind: Told['kind'], text: string, timeout?: number): Promise<Told>
  /** Waits until the avatar has a picture and a sound, and shows the picture. */
  sees(identity: string): Promise<void>
  close(): Promise<void>
}

const html = `<!doctype html><html lang="en"><title>A room</title>
<style>body{margin:0;background:#e8ebf0}video{display:block;width:512px;height:512px}</style>
<video muted autoplay playsinline></video><script src="/room.js"></script></html>`

/** The customer's site all guests come from. */
export async function serveRoomPage(): Promise<Pages> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./room-page.ts', import.meta.url))],
    bundle: true,
    format: 'iife',
    globalName: 'room',
    platform: 'browser',
    write: false,
    logLevel: 'silent',
  })
  const script = { 'content-type': 'text/javascript; charset=utf-8' }
  return servePages({
    '/': { html },
    '/room.js': { html: outputFiles[0]?.text ?? '', headers: script },
    '/favicon.ico': { status: 204 },
  })
}

export async function openGuest(browser: Browser, site: string): Promise<Guest> {
  const context = await browser.newContext({ viewport: { width: 512, height: 512 } })
  const page = await context.newPage()
  await page.goto(site)
  const call: Guest['call'] = (name, given) =>
    page.evaluate(
      ([which, wish]) =>
        (window as unknown as { room: Record<string, (wish: unknown) => unknown> }).room[which]?.(wish),
      [name, given ?? null] as const,
    ) as never
  const told: Guest['told'] = async (kind) => (await call('hearsay')).filter((one) => one.kind === kind)
  return {
    page,
    call,
    told,
    join: (at) => call('join', at),
    hears: async (kind, text, timeout = 20_000) => {
      const find = async () => (await told(kind)).find(({ body }) => JSON.stringify(body).includes(text))
      await expect.poll(find, { timeout, interval: 200, message: `${kind} with ${text}` }).toBeDefined()
      return (await find()) as Told
    },
    sees: async (identity) => {
      const tracks = async () => {
        const people = await call('people')
        return people.find((one) => one.identity === identity)?.tracks.length ?? 0
      }
      await expect.poll(tracks, { timeout: 20_000, interval: 200, message: `tracks of ${identity}` }).toBe(2)
      await expect
        .poll(
          () =>
            call('show', { identity }).then(
              () => true,
              () => false,
            ),
          { timeout: 20_000 },
        )
        .toBe(true)
    },
    close: () => context.close(),
  }
}
