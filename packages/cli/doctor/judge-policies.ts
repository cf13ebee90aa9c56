import {
  type ContentPolicy,
  decidingDirective,
  isStrictDynamic,
  permits,
  type Use,
  withSource,
} from './content-policy.ts'
import { type Finding, ok, stops, warning } from './finding.ts'
import type { ScriptTag } from './read-page.ts'

export interface PolicySubject {
  page: URL
  /** Parlor's address, with a slash at the end. */
  base: string
  /** The loader's tag and address, where there is one. */
  loader: { tag: ScriptTag; url: URL } | null
}

const uses: { use: Use; check: string; what: string }[] = [
  { use: 'script', check: 'script-src', what: 'load the script embed.js' },
  { use: 'connect', check: 'connect-src', what: 'ask Parlor whether it may be embedded here' },
  { use: 'frame', check: 'frame-src', what: 'show Parlor’s frame' },
]

/** What the page's Content-Security-Policies let the widget do: each of them must agree. */
export function judgePolicies(policies: readonly ContentPolicy[], subject: PolicySubject): Finding[] {
  if (policies.length === 0) return [ok('csp', 'The page has no Content-Security-Policy; nothing is forbidden by one.')]
  const findings = uses.flatMap(({ use, check, what }) => {
    const wanted = wantedFor(use, subject)
    const refusing = policies.filter((policy) => !permits(policy, use, wanted))
    if (refusing.length === 0) return [ok(check, `The Content-Security-Policy lets the widget ${what}.`)]
    return refusing.map((policy) => refusal(policy, use, check, what, subject))
  })
  return [...findings, ...judgeSandbox(policies), ...judgeUpgrade(policies, subject)]
}

function wantedFor(use: Use, { page, base, loader }: PolicySubject) {
  if (use === 'frame') return { url: new URL('embed', base), page }
  if (use === 'connect') return { url: new URL('embed/check', base), page }
  const { nonce, integrity } = loader?.tag ?? {}
  return { url: loader?.url ?? new URL('embed.js', base), page, nonce, integrity }
}

function refusal(policy: ContentPolicy, use: Use, check: string, what: string, subject: PolicySubject): Finding {
  const directive = decidingDirective(policy, use) ?? { name: check, sources: [] }
  const where = policy.from === 'header' ? 'The Content-Security-Policy header' : 'A <meta> Content-Security-Policy'
  const origin = new URL(subject.base).origin
  if (use === 'script' && isStrictDynamic(directive.sources)) {
    const src = subject.loader?.url.href ?? `${subject.base}embed.js`
    const message = `${where} has 'strict-dynamic' in ${directive.name}, so a script tag needs the page's nonce and hosts do not count.`
    return stops(check, message, `<script nonce="THE PAGE'S NONCE" src="${src}" async></script>`)
  }
  const said = [directive.name, ...directive.sources].join(' ')
  const message = `${where} does not let the widget ${what}: it says "${said}", which does not name ${origin}.`
  return stops(check, message, withSource(use, directive, origin))
}

function judgeSandbox(policies: readonly ContentPolicy[]): Finding[] {
  return policies.flatMap(({ directives }) => {
    const flags = directives.get('sandbox')
    if (flags === undefined) return []
    const missing = ['allow-scripts', 'allow-same-origin'].filter((flag) => !flags.includes(flag))
    if (missing.length === 0)
      return [ok('sandbox', 'The page is sandboxed, but with scripts and an origin of its own.')]
    const message = `The page is sandboxed without ${missing.join(' and ')}: the widget cannot run, or has no origin to be judged by.`
    return [stops('sandbox', message, ['sandbox', ...flags, ...missing].join(' '))]
  })
}

function judgeUpgrade(policies: readonly ContentPolicy[], { base }: PolicySubject): Finding[] {
  const upgrades = policies.some(({ directives }) => directives.has('upgrade-insecure-requests'))
  if (!upgrades || !base.startsWith('http:')) return []
  const message =
    'The policy has upgrade-insecure-requests, so the browser asks for Parlor over https, and it is on http.'
  return [warning('upgrade', message, 'Serve Parlor over https, and set PARLOR_PUBLIC_URL to that address.')]
}
