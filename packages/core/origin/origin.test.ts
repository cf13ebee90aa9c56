import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameAncestors } from './frame-ancestors.ts'
import { judgeOrigin, type OriginPolicy } from './origin-policy.ts'
import { parseDomain, parseOrigin } from './parse-site.ts'

const policy = (domains: string[], origins: string[] = [], httpAllowed = false): OriginPolicy => ({
  lists: [
    {
      name: 'session',
      domains: domains.map((d) => parseDomain(d, [])),
      origins: origins.map((o) => parseOrigin(o, [])),
    },
  ],
  httpAllowed,
})
const allowed = (p: OriginPolicy, origin: string) => judgeOrigin(p, origin).allowed

describe('the lists of a session', () => {
  it.each([
    ['Example.COM', 'example.com'],
    ['https://example.com/', 'example.com'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['BÜCHER.example', 'xn--bcher-kva.example'],
    ['例え.テスト', 'xn--r8jz45g.xn--zckzah'],
    ['localhost', 'localhost'],
    ['[::1]', '[::1]'],
    ['127.1', '127.0.0.1'],
  ])('keep the host %s as %s', (entry, canonical) => {
    expect(parseDomain(entry, ['domains', 0])).toBe(canonical)
  })

  it.each([
    '',
    ' ',
    '*.example.com',
    '*',
    'example.com:8080',
    'example.com/path',
    'a b',
    'user@example.com',
    'exa\tmple.com',
  ])('refuse %j as a host', (entry) => {
    expect(() => parseDomain(entry, ['domains', 0])).toThrow(/domains\.0/)
  })

  it.each([
    "example.com; script-src 'unsafe-inline'",
    'example.com, *',
    "'none'",
    'example.com\r\nset-cookie: a',
    'a%2eb',
    'x"y',
  ])('refuse %j, which could speak in a header', (entry) => {
    expect(() => parseDomain(entry, ['domains', 0])).toThrow()
    expect(() => parseOrigin(`https://${entry}`, ['origins', 0])).toThrow()
  })

  it.each([
    'example.com',
    'https://example.com/path',
    'ftp://example.com',
    'null',
    'https://*.example.com',
    'https://u:p@example.com',
    '//a',
  ])('refuse %j as an origin', (entry) => {
    expect(() => parseOrigin(entry, ['origins', 0])).toThrow(/origins\.0/)
  })

  it.each([
    ['https://Example.com', 'https://example.com'],
    ['https://example.com:443/', 'https://example.com'],
    ['http://example.com:8080', 'http://example.com:8080'],
  ])('keep the origin %s as %s', (entry, canonical) => {
    expect(parseOrigin(entry, [])).toBe(canonical)
  })
})

describe('who may use a session', () => {
  it('is anybody when no list says anything', () => {
    for (const origin of ['https://anything.example', 'null', 'http://x.example:1'])
      expect(allowed(policy([]), origin)).toBe(true)
  })

  it('is the listed host alone, not its subdomains and not names that look like it (B14)', () => {
    const p = policy(['example.com'])
    expect(allowed(p, 'https://example.com')).toBe(true)
    expect(allowed(p, 'https://example.com:8443')).toBe(true)
    for (const host of [
      'www.example.com',
      'app.example.com',
      'example.com.evil.test',
      'notexample.com',
      'example.co',
      'xexample.com',
    ]) {
      expect(allowed(p, `https://${host}`)).toBe(false)
    }
  })

  it('asks for https unless Parlor itself is http or the host is this machine', () => {
    expect(allowed(policy(['example.com']), 'http://example.com')).toBe(false)
    expect(allowed(policy(['example.com'], [], true), 'http://example.com')).toBe(true)
    expect(allowed(policy(['localhost']), 'http://localhost:3000')).toBe(true)
    expect(allowed(policy(['127.0.0.1']), 'http://127.0.0.1')).toBe(true)
  })

  it('compares whole origins with scheme, host and port (B17)', () => {
    const p = policy([], ['https://example.com:8443'])
    expect(allowed(p, 'https://example.com:8443')).toBe(true)
    for (const other of [
      'https://example.com',
      'http://example.com:8443',
      'https://example.com:8444',
      'https://a.example.com:8443',
    ]) {
      expect(allowed(p, other)).toBe(false)
    }
  })

  it('is nobody with an opaque or odd origin once a list says anything', () => {
    for (const odd of [
      'null',
      '',
      'file://',
      'data:',
      'https://example.com/',
      'https://example.com, https://evil.test',
      'about:blank',
      'https://example.com:443',
    ]) {
      expect(judgeOrigin(policy(['example.com']), odd)).toMatchObject({
        allowed: false,
        rule: 'opaque_origin',
        origin: odd,
      })
    }
  })

  it('says which rule fired, what was seen, and how to allow it', () => {
    expect(judgeOrigin(policy(['example.com']), 'https://www.example.com')).toMatchObject({
      rule: 'session_sites',
      origin: 'https://www.example.com',
      message: expect.stringContaining('"www.example.com" in allowed_domains'),
    })
  })

  it('must satisfy every list', () => {
    const p: OriginPolicy = {
      httpAllowed: false,
      lists: [
        { name: 'session', domains: ['a.example', 'b.example'], origins: [] },
        { name: 'project', domains: [], origins: ['https://a.example'] },
      ],
    }
    expect(allowed(p, 'https://a.example')).toBe(true)
    expect(judgeOrigin(p, 'https://b.example')).toMatchObject({ allowed: false, rule: 'project_sites' })
    expect(frameAncestors(p)).toHaveLength(2)
  })
})

describe('origins and headers under fuzzing', () => {
  const hosts = fc.oneof(
    fc.domain(),
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.ipV4(),
    fc.constantFrom('例え.テスト', 'a.b', '[::1]'),
  )

  it('the parser either refuses or gives a form it gives again, safe in a header', () => {
    fc.assert(
      fc.property(hosts, (entry) => {
        for (const parse of [parseDomain, parseOrigin]) {
          let canonical: string
          try {
            canonical = parse(entry, ['x'])
          } catch (error) {
            expect(error).toMatchObject({ code: 'validation_failed' })
            continue
          }
          expect(parse(canonical, ['x'])).toBe(canonical)
          expect(canonical).toMatch(/^[\x21-\x7e]+$/)
          expect(canonical).not.toMatch(/[\s,;'"*]/)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('the judge never throws, and what it allows has exactly a listed host or is a listed origin', () => {
    fc.assert(
      fc.property(
        fc.array(fc.domain(), { minLength: 1, maxLength: 4 }),
        fc.oneof(fc.webUrl(), fc.string(), fc.domain()),
        (domains, seen) => {
          const p = policy(domains)
          if (!judgeOrigin(p, seen).allowed) return
          expect(p.lists[0]?.domains).toContain(new URL(seen).hostname)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('the header says what the judge says', () => {
    fc.assert(
      fc.property(fc.array(fc.domain(), { minLength: 1, maxLength: 4 }), fc.boolean(), (domains, httpAllowed) => {
        const p = policy(domains, [], httpAllowed)
        const [header = ''] = frameAncestors(p)
        for (const domain of p.lists[0]?.domains ?? []) {
          expect(header).toContain(`https://${domain}:*`)
          expect(header.includes(`http://${domain}:*`)).toBe(allowed(p, `http://${domain}`))
        }
      }),
    )
  })
})
