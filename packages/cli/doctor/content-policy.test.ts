import { describe, expect, it } from 'vitest'
import { decidingDirective, parsePolicies, permits, type Use, type Wanted, withSource } from './content-policy.ts'

const page = new URL('https://shop.example/help')
const loader = new URL('https://parlor.example/embed.js')

/** Whether every policy in a header lets the widget do this. */
function lets(header: string, use: Use = 'script', wanted: Partial<Wanted> = {}): boolean {
  return parsePolicies(header, 'header').every((policy) => permits(policy, use, { url: loader, page, ...wanted }))
}

describe('a Content-Security-Policy', () => {
  it.each([
    ['no directive about scripts', "img-src 'none'", true],
    ['none', "script-src 'none'", false],
    ['an empty list', 'script-src', false],
    ['the origin', 'script-src https://parlor.example', true],
    ['the origin in capitals', 'Script-Src HTTPS://PARLOR.EXAMPLE', true],
    ['the host alone', 'script-src parlor.example', true],
    ['another host', 'script-src https://shop.example', false],
    ['a host that only ends like it', 'script-src evil-parlor.example', false],
    ['self, on another origin', "script-src 'self'", false],
    ['everything', 'script-src *', true],
    ['a scheme', 'script-src https:', true],
    ['the insecure scheme, which covers the secure one', 'script-src http://parlor.example', true],
    ['another scheme', 'script-src data: blob:', false],
    ['a wildcard above it', 'script-src *.example', true],
    ['a wildcard of the host itself', 'script-src *.parlor.example', false],
    ['another port', 'script-src https://parlor.example:8443', false],
    ['any port', 'script-src https://parlor.example:*', true],
    ['the very file', 'script-src https://parlor.example/embed.js', true],
    ['a folder of it', 'script-src https://parlor.example/assets/', false],
    ['another file', 'script-src https://parlor.example/embed', false],
    ['the fallback, naming it', 'default-src https://parlor.example', true],
    ['the fallback, not naming it', "default-src 'self'", false],
    ['its own directive before the fallback', "default-src 'none'; script-src https://parlor.example", true],
    ['elements before scripts', "script-src 'none'; script-src-elem https://parlor.example", true],
    ['a directive twice, the first counting', "script-src 'none'; script-src https://parlor.example", false],
    ['two policies that agree', 'script-src https:, default-src https://parlor.example', true],
    ['two policies of which one refuses', "script-src https:, script-src 'self'", false],
    ['unsafe-inline, which is not about files', "script-src 'unsafe-inline'", false],
  ])('with %s', (_, header, allowed) => {
    expect(lets(header)).toBe(allowed)
  })

  it('lets a script with its nonce in, and only that', () => {
    expect(lets("script-src 'nonce-abc'", 'script', { nonce: 'abc' })).toBe(true)
    expect(lets("script-src 'nonce-abc'", 'script', { nonce: 'abd' })).toBe(false)
    expect(lets("script-src 'nonce-abc'")).toBe(false)
  })

  it('lets a script in by its integrity when every hash of it is listed', () => {
    const header = "script-src 'sha384-AAA'"
    expect(lets(header, 'script', { integrity: 'sha384-AAA' })).toBe(true)
    expect(lets(header, 'script', { integrity: 'sha384-AAA sha512-BBB' })).toBe(false)
    expect(lets(header, 'script', { integrity: '' })).toBe(false)
  })

  it('with strict-dynamic counts hosts for nothing', () => {
    const header = "script-src 'strict-dynamic' 'nonce-abc' https://parlor.example"
    expect(lets(header)).toBe(false)
    expect(lets(header, 'script', { nonce: 'abc' })).toBe(true)
    expect(lets(header, 'connect')).toBe(true)
  })

  it('is asked for frames by frame-src, then child-src, then default-src', () => {
    expect(lets("default-src *; child-src 'none'", 'frame')).toBe(false)
    expect(lets("child-src 'none'; frame-src https://parlor.example", 'frame')).toBe(true)
    expect(lets("default-src 'self'", 'connect')).toBe(false)
  })

  it('takes self for the page’s own origin, and for its secure form', () => {
    const url = new URL('https://shop.example/embed.js')
    expect(lets("script-src 'self'", 'script', { url })).toBe(true)
    expect(lets("script-src 'self'", 'script', { url, page: new URL('http://shop.example/') })).toBe(true)
    expect(lets("script-src 'self'", 'script', { url, page: new URL('https://www.shop.example/') })).toBe(false)
  })

  it('in a meta element says nothing about sandboxes', () => {
    const [policy] = parsePolicies("sandbox; script-src 'self'", 'meta')
    expect([...(policy?.directives.keys() ?? [])]).toEqual(['script-src'])
    expect(parsePolicies('sandbox', 'meta')).toEqual([])
  })
})

describe('the line to copy', () => {
  const suggest = (header: string, use: Use) => {
    const directive = decidingDirective(
      parsePolicies(header, 'header')[0] ?? { from: 'header', directives: new Map() },
      use,
    )
    return directive === null ? '' : withSource(use, directive, 'https://parlor.example')
  }

  it('keeps what the directive says, but neither none nor a nonce', () => {
    expect(suggest("script-src 'self' 'nonce-abc'", 'script')).toBe(
      "script-src 'self' 'nonce-…' https://parlor.example",
    )
    expect(suggest("frame-src 'none'", 'frame')).toBe('frame-src https://parlor.example')
  })

  it('does not widen a fallback', () => {
    expect(suggest("default-src 'self' data:", 'connect')).toBe("connect-src 'self' data: https://parlor.example")
    expect(suggest("child-src 'self'", 'frame')).toBe("frame-src 'self' https://parlor.example")
  })
})
