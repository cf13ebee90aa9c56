import type { RequestListener } from 'node:http'
import { describe, expect, test } from 'vitest'
import { pageFetcher } from './page-fetcher.ts'
import { isAllowedBy } from './robots.ts'
import { openSite } from './testing/open-site.ts'

const never = new AbortController().signal

async function openPages(listener: RequestListener, timeoutMs = 5000) {
  const site = await openSite(listener)
  const place = `a.example:${site.port}`
  const resolve = async () => [{ address: '127.0.0.1', family: 4 }]
  const pages = pageFetcher({ resolve, allowedHosts: new Set([place]), timeoutMs })
  return {
    site,
    get: (path: string) => pages.fetch(`http://${place}${path}`, 1000, never),
    [Symbol.asyncDispose]: () => site[Symbol.asyncDispose](),
  }
}

describe('a page', () => {
  test('comes with its type and where it was found', async () => {
    await using pages = await openPages(({ url }, response) => {
      if (url === '/old') return void response.writeHead(301, { location: '/new' }).end()
      if (url !== '/new') return void response.writeHead(404).end()
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<p>hello')
    })
    const page = await pages.get('/old')
    expect(page).toMatchObject({
      url: `http://a.example:${pages.site.port}/new`,
      mediaType: 'text/html; charset=utf-8',
    })
    expect(Buffer.from(page.bytes).toString()).toBe('<p>hello')
  })

  test.each([
    ['a missing one', 404, 'text/html', 'validation_failed', /status 404/],
    ['a forbidden one', 403, 'text/html', 'validation_failed', /status 403/],
    ['a picture', 200, 'image/png', 'unsupported_media_type', /image\/png/],
    ['JSON', 200, 'application/json', 'unsupported_media_type', /application\/json/],
    ['one above the limit', 200, 'text/html', 'payload_too_large', /larger/],
  ])('%s is refused with the reason', async (_, status, type, code, message) => {
    await using pages = await openPages(({ url }, response) => {
      if (url === '/robots.txt') return void response.writeHead(404).end()
      response.writeHead(status, { 'content-type': type }).end('x'.repeat(2000))
    })
    await expect(pages.get('/a')).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
  })

  test('that drips is given up in time', async () => {
    await using pages = await openPages(({ url }, response) => {
      if (url === '/robots.txt') return void response.writeHead(404).end()
      response.writeHead(200, { 'content-type': 'text/html' })
      const drip = setInterval(() => response.write('x'), 20)
      response.on('close', () => clearInterval(drip))
    }, 200)
    await expect(pages.get('/a')).rejects.toMatchObject({ faults: [{ type: 'too_slow' }] })
  })
})

describe('robots.txt', () => {
  test('is asked first, also where a redirect leads, and obeyed', async () => {
    await using pages = await openPages(({ url }, response) => {
      if (url === '/robots.txt') return void response.end('User-agent: *\nDisallow: /private')
      if (url === '/open') return void response.writeHead(302, { location: '/private/x' }).end()
      response.writeHead(200, { 'content-type': 'text/plain' }).end('hidden')
    })
    for (const path of ['/private/x', '/open']) {
      await expect(pages.get(path)).rejects.toMatchObject({ faults: [{ type: 'robots' }] })
    }
    expect(pages.site.asked.filter((line) => line.endsWith('/private/x'))).toEqual([])
  })

  test('that fails stops it; the site is asked another time', async () => {
    await using pages = await openPages((_, response) => response.writeHead(503).end())
    await expect(pages.get('/a')).rejects.toMatchObject({ message: expect.stringContaining('robots.txt: 503') })
    expect(pages.site.asked).toHaveLength(1)
  })

  test.each<[string, string, boolean]>([
    ['', '/a', true],
    ['User-agent: *\nDisallow: /', '/a', false],
    ['User-agent: *\nDisallow:', '/a', true],
    ['User-agent: *\nDisallow: /\nUser-agent: Parlor\nDisallow: /b', '/a', true],
    ['User-agent: *\nAllow: /\nUser-agent: parlor/2\nDisallow: /', '/a', false],
    ['User-agent: other\nUser-agent: Parlor\nDisallow: /', '/a', false],
    ['User-agent: other\nDisallow: /', '/a', true],
    ['User-agent: *\nDisallow: /a\nAllow: /a/b', '/a/b/c', true],
    ['User-agent: *\nAllow: /a\nDisallow: /a', '/a', true],
    ['User-agent: *\nDisallow: /*.pdf$', '/x/y.pdf', false],
    ['User-agent: *\nDisallow: /*.pdf$', '/x/y.pdf?z', true],
    ['User-agent: *\nDisallow: /a*b*c', '/a1b2c3', false],
    ['User-agent: * # all\r\nDisallow : /a # not this', '/a', false],
    ['User-agent: *\nDisallow: /café', '/caf%C3%A9', false],
    ['\uFEFFUser-agent: *\nDisallow: /', '/a', false],
    ['<html>Disallow: /</html>', '/a', true],
  ])('%j read for %s: %s', (robots, path, allowed) => {
    expect(isAllowedBy(robots, path)).toBe(allowed)
  })

  test('with hostile patterns costs no time', () => {
    const started = performance.now()
    isAllowedBy(`User-agent: *\n${`Disallow: /${'*a'.repeat(900)}$\n`.repeat(200)}`, `/${'a'.repeat(2000)}`)
    expect(performance.now() - started).toBeLessThan(1000)
  })
})
