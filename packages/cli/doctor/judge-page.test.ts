import { describe, expect, it } from 'vitest'
import { parsePolicies } from './content-policy.ts'
import { findLoader } from './find-loader.ts'
import type { Finding } from './finding.ts'
import { judgeClock } from './judge-clock.ts'
import { judgeEmbedderPolicy, judgeMicrophone, judgeMixedContent, readAllowlist } from './judge-headers.ts'
import { judgePolicies } from './judge-policies.ts'
import { findTokens, judgeKeys, judgeTokens } from './judge-secrets.ts'
import { judgeTag } from './judge-tag.ts'
import { readPage } from './read-page.ts'

const pageUrl = new URL('https://shop.example/help')
const base = 'https://parlor.example/'
const levels = (findings: Finding[]) => findings.map(({ level, check }) => `${check} ${level}`)

function jwt(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'HS256', typ: 'JWT', kid: 'k' })}.${part(claims)}.c2lnbmF0dXJl`
}

describe('a page is read', () => {
  it('for its scripts, widgets and policies, whatever stands around them', () => {
    const page = readPage(`<!doctype html><head>
      <!-- <script src="https://old.example/embed.js"></script> -->
      <META HTTP-EQUIV="content-security-policy" CONTENT="script-src &#39;self&#39;">
      <SCRIPT SRC=https://parlor.example/embed.js ASYNC nonce="n"></SCRIPT>
      <script>document.write('<script src="https://no.example/embed.js"><\\/script>')</script></head>
      <body><meta http-equiv="Content-Security-Policy" content="script-src 'none'">
      <parlor-widget token="t" session='s'></parlor-widget>`)
    expect(page.scripts).toEqual([
      { src: 'https://parlor.example/embed.js', nonce: 'n', integrity: undefined, crossorigin: undefined },
    ])
    expect(page.metaPolicies).toEqual(["script-src 'self'"])
    expect(page.widgets).toEqual([{ token: 't', session: 's', base: undefined }])
  })

  it('and its loader found, by a relative address, a base or a pinned version too', () => {
    const find = (html: string) => findLoader(readPage(html), pageUrl, null)
    expect(find('<script src="/chat/embed.js"></script>')).toMatchObject({ base: 'https://shop.example/chat/' })
    expect(find('<base href="https://cdn.example/x/"><script src="embed.js">')?.base).toBe('https://cdn.example/x/')
    const pinned = find('<script src="https://parlor.example/embed/0.1.0/embed.js"></script>')
    expect(pinned).toMatchObject({ base, isPinned: true })
    expect(find('<script src="https://a.example/not-embed.js"></script>')).toBeNull()
  })

  it('of two loaders the one of the known Parlor', () => {
    const html =
      '<script src="https://video.example/embed.js"></script><script src="https://parlor.example/embed.js"></script>'
    expect(findLoader(readPage(html), pageUrl, new URL(base))?.base).toBe(base)
  })
})

describe('the script tag', () => {
  const judge = (html: string, known: string | null = base) => {
    const page = readPage(html)
    return judgeTag(page, findLoader(page, pageUrl, null), known)
  }

  it('is missed where there is none, with the one to write', () => {
    expect(judge('<parlor-widget></parlor-widget>')).toMatchObject([
      { level: 'stops', check: 'script-tag', instead: '<script src="https://parlor.example/embed.js" async></script>' },
    ])
  })

  it('stops with integrity and no crossorigin, and pinned without a base', () => {
    const src = 'https://parlor.example/embed/0.1.0/embed.js'
    expect(levels(judge(`<script src="${src}" integrity="sha384-A"></script><parlor-widget>`))).toEqual([
      'script-tag ok',
      'integrity stops',
      'base stops',
    ])
    const right = `<script src="${src}" integrity="sha384-A" crossorigin="anonymous"></script><parlor-widget base="${base}">`
    expect(levels(judge(right))).toEqual(['script-tag ok'])
  })

  it('of another Parlor is worth a word', () => {
    const html = '<script src="https://other.example/embed.js"></script>'
    expect(levels(judge(html))).toEqual(['script-tag ok', 'script-tag warning'])
  })
})

describe('the policies of a page', () => {
  const judge = (header: string, loader: Parameters<typeof judgePolicies>[1]['loader'] = null) =>
    judgePolicies(parsePolicies(header, 'header'), { page: pageUrl, base, loader })

  it('get a line to copy for each thing they forbid', () => {
    expect(judge("default-src 'self'").map(({ instead }) => instead)).toEqual([
      "script-src 'self' https://parlor.example",
      "connect-src 'self' https://parlor.example",
      "frame-src 'self' https://parlor.example",
    ])
  })

  it('that name Parlor are well', () => {
    const header = `script-src ${base}; connect-src ${base}; frame-src ${base}; default-src 'none'`
    expect(judge(header).every(({ level }) => level === 'ok')).toBe(true)
  })

  it('with strict-dynamic ask for a nonce on the tag', () => {
    const [finding] = judge("script-src 'strict-dynamic' 'nonce-abc'; connect-src *; frame-src *")
    expect(finding).toMatchObject({ level: 'stops', instead: expect.stringContaining('nonce=') })
  })

  it('that sandbox the page stop it unless scripts and an origin are left', () => {
    expect(judge('sandbox allow-scripts')).toMatchObject([
      { level: 'ok' },
      { level: 'ok' },
      { level: 'ok' },
      { level: 'stops', check: 'sandbox', instead: 'sandbox allow-scripts allow-same-origin' },
    ])
    expect(levels(judge('sandbox allow-scripts allow-same-origin')).at(-1)).toBe('sandbox ok')
  })
})

describe('headers of a page', () => {
  it('on https with Parlor on http are mixed content, except on this machine', () => {
    expect(levels(judgeMixedContent(pageUrl, 'http://parlor.example/'))).toEqual(['mixed-content stops'])
    expect(levels(judgeMixedContent(pageUrl, 'http://localhost:3001/'))).toEqual(['mixed-content warning'])
    expect(judgeMixedContent(new URL('http://shop.example'), 'http://parlor.example/')).toEqual([])
  })

  it.each([
    [null, 'ok'],
    ['camera=()', 'ok'],
    ['microphone=*', 'ok'],
    ['microphone=(self "https://parlor.example")', 'ok'],
    ['microphone=()', 'warning'],
    ['microphone=(self)', 'warning'],
    ['geolocation=(self "https://a.example"), microphone=("https://other.example");report-to=x', 'warning'],
  ])('lend the microphone or not: %s', (header, level) => {
    expect(judgeMicrophone(header, pageUrl, base)).toMatchObject([{ level }])
  })

  it('name features whole', () => {
    expect(readAllowlist('xmicrophone=(), microphone=(self)', 'microphone')).toEqual(['self'])
    expect(readAllowlist('camera=()', 'microphone')).toBeUndefined()
  })

  it('that isolate the page show no frame', () => {
    expect(levels(judgeEmbedderPolicy('require-corp; report-to="x"'))).toEqual(['embedder-policy stops'])
    expect(judgeEmbedderPolicy('unsafe-none')).toEqual([])
  })
})

describe('secrets in a page', () => {
  const key = `prl_live_${'ab'.repeat(32)}`

  it('are shouted, and not repeated', () => {
    const [finding] = judgeKeys(`<script>const key = "${key}"</script>`, undefined)
    expect(finding).toMatchObject({ level: 'stops', message: expect.stringContaining('STANDS IN THE PAGE') })
    expect(JSON.stringify(finding)).not.toContain(key.slice(0, 20))
    expect(levels(judgeKeys(`<!-- prl_op_${'0'.repeat(64)} -->`, undefined))).toEqual(['keys stops'])
  })

  it('are known by their text where they look like nothing', () => {
    const own = 'a bootstrap key of somebody'
    expect(levels(judgeKeys(`<p>${own}</p>`, own))).toEqual(['keys stops'])
    expect(levels(judgeKeys('<p>prl_pub_0123456789abcdef</p>', own))).toEqual(['keys ok'])
  })

  it('tokens of ours are found among others, with their session and end', () => {
    const ours = jwt({ jti: 'j', sub: 's1', exp: 2 })
    const theirs = Buffer.from('{"sub":"u1","exp":2}').toString('base64url')
    const others = Buffer.from('{"alg":"none"}').toString('base64url')
    expect(findTokens(`x="${ours}" y="${others}.${theirs}.abcdef" z="eyJnonsense.nonsense.nonsense"`)).toEqual([
      { session: 's1', expiresAt: 2000 },
    ])
  })

  it('tokens are fine for one visitor, and not when over or kept for many', () => {
    const token = { session: 's', expiresAt: 10_000 }
    expect(judgeTokens([token], 'no-store', 0)).toEqual([])
    expect(levels(judgeTokens([token], null, 0))).toEqual(['token warning'])
    expect(levels(judgeTokens([token], 'public, max-age=60', 10_000))).toEqual(['token stops'])
  })
})

it('clocks that differ are told apart from those that agree', () => {
  expect(levels(judgeClock(4000, 'Parlor'))).toEqual(['clock ok'])
  expect(judgeClock(-90_000, 'Parlor')).toMatchObject([
    { level: 'warning', message: expect.stringContaining('90 s behind') },
  ])
  expect(judgeClock(null, 'Parlor')).toEqual([])
})
