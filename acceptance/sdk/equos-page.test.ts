import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Pages, servePages } from '../harness/serve-pages.ts'
import { useMeeting } from '../rooms/meeting.ts'
import type { Noted, Wish } from './meeting-page.ts'

const quick = { timeout: 20_000, interval: 100 }

describe('a page with the face of the avatar wire', () => {
  const meeting = useMeeting()
  let site: Pages
  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL('./meeting-page.ts', import.meta.url))],
      bundle: true,
      format: 'iife',
      globalName: 'meeting',
      platform: 'browser',
      write: false,
      logLevel: 'silent',
    })
    const script = { 'content-type': 'text/javascript; charset=utf-8' }
    site = await servePages({
      '/': { html: '<!doctype html><title>A meeting</title><script src="/page.js"></script>' },
      '/page.js': { html: outputFiles[0]?.text ?? '', headers: script },
      '/favicon.ico': { status: 204 },
    })
  })
  afterAll(() => site?.[Symbol.asyncDispose]())

  const call = <T>(page: Page, name: string, given?: unknown): Promise<T> =>
    page.evaluate(
      ([which, wish]) =>
        (window as unknown as { meeting: Record<string, (wish: unknown) => unknown> }).meeting[which]?.(wish) as never,
      [name, given ?? null] as const,
    )
  const open = async (more: Partial<Wish> = {}) => {
    const page = await (await meeting.browser.newContext()).newPage()
    await page.goto(site.url)
    const { clientKey, avatarId, agentId, parlor } = meeting
    const wish: Wish = { endpoint: parlor.url, clientKey, avatarId, agentId, maxDuration: 60, ...more }
    const id = await call<string>(page, 'meet', wish)
    return { page, id, noted: () => call<Noted>(page, 'noted') }
  }

  test('meets the avatar, counts down, and hangs up at once for everybody', async () => {
    const { page, id, noted } = await open({ patience: 5 })
    await expect.poll(async () => (await noted()).others, quick).toEqual([meeting.identity])
    await expect.poll(async () => (await noted()).remaining.length, quick).toBeGreaterThan(6)
    const { remaining, ends, isConnected } = await noted()
    expect([ends, isConnected]).toEqual([[], true])
    expect(remaining[0]).toBeLessThanOrEqual(60)
    expect((remaining[0] as number) - (remaining[2] as number)).toBeGreaterThanOrEqual(1)
    await call(page, 'hangUp')
    expect(await noted()).toMatchObject({ ends: ['hung_up'], isConnected: false })
    expect((await meeting.read(id)).status).toBe('ended')
    await page.context().close()
  })

  test('hangs up by itself when whom it waits for does not come (Q23)', async () => {
    const { page, id, noted } = await open({ awaits: 'somebody-else', patience: 2 })
    await expect.poll(async () => (await noted()).ends, quick).toEqual(['avatar_missing'])
    expect((await noted()).isConnected).toBe(false)
    expect((await meeting.read(id)).status).toBe('ended')
    await page.context().close()
  })
})
