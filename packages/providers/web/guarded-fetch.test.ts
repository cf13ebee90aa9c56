import type { AddressInfo } from 'node:net'
import { buffer, text } from 'node:stream/consumers'
import { createServer } from 'node:tls'
import { gzipSync } from 'node:zlib'
import { describe, expect, test, vi } from 'vitest'
import type { Address, Resolve } from './check-address.ts'
import { guardedFetch } from './guarded-fetch.ts'
import { openSite } from './testing/open-site.ts'

const loopback: Address = { address: '127.0.0.1', family: 4 }
const toLoopback: Resolve = async () => [loopback]
const fault = (type: string) => ({ code: 'validation_failed', faults: [{ type, path: ['url'] }] })

describe('an address inside the network is refused before anything is connected', () => {
  test.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://0/',
    'http://①②⑦.⓪.⓪.①/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[fe80::1]/',
    'http://[fd00:ec2::254]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.1:8080/',
    'https://192.168.0.1/',
    'http://100.64.0.1/',
  ])('%s', async (url) => {
    const resolve = vi.fn(toLoopback)
    await expect(guardedFetch({ resolve })(url)).rejects.toMatchObject(fault('address_refused'))
  })

  test('a name that means one, even among others, or with a dot at its end', async () => {
    const resolve: Resolve = async () => [{ address: '93.184.215.14', family: 4 }, loopback]
    for (const url of ['http://mixed.example/', 'http://localhost./', 'https://shop.example/']) {
      await expect(guardedFetch({ resolve })(url)).rejects.toMatchObject(fault('address_refused'))
    }
  })

  test('the system’s own names for this machine', async () => {
    await expect(guardedFetch()('http://localhost:1/')).rejects.toMatchObject(fault('address_refused'))
  })

  test('what is no web address, or holds a password', async () => {
    const fetch = guardedFetch({ resolve: toLoopback })
    for (const url of ['ftp://a.example/', 'file:///etc/passwd', 'javascript:1', 'nonsense', 'http://u:p@a.example/']) {
      await expect(fetch(url)).rejects.toMatchObject(fault('not_allowed'))
    }
  })

  test('a name nobody knows says so', async () => {
    const resolve: Resolve = () => Promise.reject(new Error('ENOTFOUND'))
    await expect(guardedFetch({ resolve })('http://nowhere.example/')).rejects.toMatchObject(fault('unreachable'))
  })
})

describe('the exception', () => {
  test('opens this very host and port, and no other', async () => {
    await using site = await openSite((_, response) => response.end('inside'))
    const fetch = guardedFetch({ resolve: toLoopback, allowedHosts: new Set([`intra.example:${site.port}`]) })
    const answer = await fetch(`http://intra.example:${site.port}/a`)
    expect(await text(answer.body)).toBe('inside')
    expect(answer).toMatchObject({ status: 200, finalUrl: `http://intra.example:${site.port}/a` })
    expect(site.asked).toEqual([`GET intra.example:${site.port} /a`])
    for (const url of [
      `http://other.example:${site.port}/`,
      'http://intra.example/',
      `http://127.0.0.1:${site.port}/`,
    ]) {
      await expect(fetch(url)).rejects.toMatchObject(fault('address_refused'))
    }
    expect(site.connections()).toBe(1)
  })

  test('a name that means something else a moment later is asked once, and the first answer holds', async () => {
    await using checked = await openSite((_, response) => response.end('checked'))
    const resolve = vi.fn<Resolve>(async () => [{ address: '127.0.0.3', family: 4 }])
    resolve.mockResolvedValueOnce([loopback])
    const place = `rebind.example:${checked.port}`
    const fetch = guardedFetch({ resolve, allowedHosts: new Set([place]) })
    expect(await text((await fetch(`http://${place}/`)).body)).toBe('checked')
    expect(resolve).toHaveBeenCalledTimes(1)
    await expect(fetch(`http://${place}/`)).rejects.toMatchObject(fault('unreachable'))
  })
})

test('an https address is asked by its own name, and a server that cannot prove it is not read', async () => {
  const names: string[] = []
  const server = createServer({
    SNICallback: (name, done) => {
      names.push(name)
      done(new Error('no certificate'))
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const place = `shop.example:${(server.address() as AddressInfo).port}`
  const fetch = guardedFetch({ resolve: toLoopback, allowedHosts: new Set([place]) })
  await expect(fetch(`https://${place}/`)).rejects.toMatchObject(fault('unreachable'))
  expect(names).toEqual(['shop.example'])
  server.close()
})

describe('a redirect', () => {
  test.each([301, 302, 303, 307, 308])('with %i that leads inward is refused', async (status) => {
    await using inner = await openSite((_, response) => response.end('secret'))
    await using outer = await openSite((_, response) => {
      response.writeHead(status, { location: `http://127.0.0.1:${inner.port}/` }).end()
    })
    const fetch = guardedFetch({ resolve: toLoopback, allowedHosts: new Set([`a.example:${outer.port}`]) })
    await expect(fetch(`http://a.example:${outer.port}/`)).rejects.toMatchObject(fault('address_refused'))
    expect(inner.connections()).toBe(0)
  })

  test('to another scheme, without end, or with a password is refused', async () => {
    await using site = await openSite(({ url = '' }, response) => {
      const to = { '/file': 'file:///etc/passwd', '/user': 'http://u:p@a.example/' }[url] ?? '/again'
      response.writeHead(302, { location: to }).end()
    })
    const fetch = guardedFetch({ resolve: toLoopback, allowedHosts: new Set([`a.example:${site.port}`]) })
    const at = (path: string) => fetch(`http://a.example:${site.port}${path}`)
    await expect(at('/file')).rejects.toMatchObject(fault('not_allowed'))
    await expect(at('/user')).rejects.toMatchObject(fault('not_allowed'))
    site.asked.length = 0
    await expect(at('/again')).rejects.toMatchObject(fault('too_many_redirects'))
    expect(site.asked).toHaveLength(6)
  })

  test('takes no secrets to another place, and every address is shown to the caller first', async () => {
    let seen: unknown
    await using second = await openSite((request, response) => {
      seen = request.headers
      response.end('there')
    })
    await using first = await openSite((_, response) => {
      response.writeHead(302, { location: `http://b.example:${second.port}/x` }).end()
    })
    const allowedHosts = new Set([`a.example:${first.port}`, `b.example:${second.port}`])
    const hops: string[] = []
    const answer = await guardedFetch({ resolve: toLoopback, allowedHosts })(`http://a.example:${first.port}/`, {
      headers: { authorization: 'Bearer secret', cookie: 'a=b', 'user-agent': 'Test' },
      beforeHop: async (url) => void hops.push(url.href),
    })
    expect(await text(answer.body)).toBe('there')
    expect(hops).toEqual([`http://a.example:${first.port}/`, `http://b.example:${second.port}/x`])
    expect(seen).toMatchObject({ 'user-agent': 'Test' })
    expect(seen).not.toHaveProperty('authorization')
    expect(seen).not.toHaveProperty('cookie')
  })

  test('of a POST is an answer, not a way to another place', async () => {
    await using site = await openSite((_, response) => response.writeHead(307, { location: '/x' }).end())
    const fetch = guardedFetch({ resolve: toLoopback, allowedHosts: new Set([`a.example:${site.port}`]) })
    const answer = await fetch(`http://a.example:${site.port}/`, { method: 'POST', body: '{}' })
    expect(answer.status).toBe(307)
    answer.body.resume()
    expect(site.asked).toHaveLength(1)
  })
})

describe('a body', () => {
  const endless = (write: () => boolean, once: (event: 'drain', then: () => void) => unknown) => {
    const more = () => {
      while (write());
      once('drain', more)
    }
    more()
  }
  const zipped = gzipSync(Buffer.alloc(30_000_000))

  test.each(['plain', 'zip', 'endless'])('that is too large is stopped at the limit: %s', async (kind) => {
    await using site = await openSite((_, response) => {
      if (kind === 'zip') return void response.writeHead(200, { 'content-encoding': 'gzip' }).end(zipped)
      if (kind === 'plain') return void response.end(Buffer.alloc(200_000))
      endless(
        () => !response.destroyed && response.write(Buffer.alloc(16_384)),
        (event, then) => response.once(event, then),
      )
    })
    const fetch = guardedFetch({ resolve: toLoopback, allowedHosts: new Set([`a.example:${site.port}`]) })
    const { body } = await fetch(`http://a.example:${site.port}/`, { limitBytes: 100_000 })
    let got = 0
    const reading = async () => {
      for await (const piece of body) got += piece.length
    }
    await expect(reading()).rejects.toMatchObject({ code: 'payload_too_large' })
    expect(got).toBeLessThanOrEqual(100_000)
    await vi.waitFor(() => expect(site.open()).toBe(0))
  })

  test('is unzipped', async () => {
    await using site = await openSite((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('hello'))
    })
    const fetch = guardedFetch({ resolve: toLoopback, allowedHosts: new Set([`a.example:${site.port}`]) })
    expect(await text((await fetch(`http://a.example:${site.port}/`)).body)).toBe('hello')
    await vi.waitFor(() => expect(site.open()).toBe(0))
  })

  test.each(['zstd', 'gzip, br'])('in a coding nobody asked for is refused: %s', async (coding) => {
    await using site = await openSite((_, response) => {
      response.writeHead(200, { 'content-encoding': coding }).end('hello')
    })
    const fetch = guardedFetch({ resolve: toLoopback, allowedHosts: new Set([`a.example:${site.port}`]) })
    const reading = fetch(`http://a.example:${site.port}/`).then(({ body }) => buffer(body))
    await expect(reading).rejects.toMatchObject(fault('encoding'))
    await vi.waitFor(() => expect(site.open()).toBe(0))
  })

  test.each(['never answers', 'never ends', 'breaks off', 'lies about its zip'])(
    'that %s is given up in time',
    async (kind) => {
      await using site = await openSite((_, response) => {
        if (kind === 'never answers') return
        if (kind === 'lies about its zip')
          return void response.writeHead(200, { 'content-encoding': 'gzip' }).end('no zip')
        response.writeHead(200, { 'content-length': '100' })
        response.write('part')
        if (kind === 'breaks off') setTimeout(() => response.destroy(), 20)
      })
      const fetch = guardedFetch({ resolve: toLoopback, allowedHosts: new Set([`a.example:${site.port}`]) })
      const reading = fetch(`http://a.example:${site.port}/`, { timeoutMs: 200 }).then(({ body }) => buffer(body))
      await expect(reading).rejects.toMatchObject(fault(kind.startsWith('never') ? 'too_slow' : 'unreachable'))
      await vi.waitFor(() => expect(site.open()).toBe(0))
    },
  )

  test('is not waited for when the caller gives up', async () => {
    await using site = await openSite(() => {})
    const fetch = guardedFetch({ resolve: toLoopback, allowedHosts: new Set([`a.example:${site.port}`]) })
    const giveUp = new AbortController()
    const reading = expect(fetch(`http://a.example:${site.port}/`, { signal: giveUp.signal })).rejects.toMatchObject({
      name: 'AbortError',
    })
    await vi.waitFor(() => expect(site.asked).toHaveLength(1))
    giveUp.abort()
    await reading
  })

  test('a name that is never resolved is given up in time', async () => {
    const fetch = guardedFetch({ resolve: () => new Promise(() => {}) })
    await expect(fetch('http://a.example/', { timeoutMs: 50 })).rejects.toMatchObject(fault('too_slow'))
  })
})
