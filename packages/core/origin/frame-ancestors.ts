import { isRestricting, type OriginPolicy, type SiteList, schemesFor } from './origin-policy.ts'

/** The longest `frame-ancestors` header a session may need, in bytes. */
export const frameAncestorsLimit = 4096

/**
 * The `frame-ancestors` directives of CSP (https://www.w3.org/TR/CSP3/#directive-frame-ancestors) that say what
 * `judgeOrigin` says, one directive for each restricting list; a page must satisfy all of them. Empty: no restriction.
 * A port is part of a match, hence `:*` for host entries.
 */
export function frameAncestors(policy: OriginPolicy): string[] {
  return policy.lists.filter(isRestricting).map((list) => `frame-ancestors ${sources(list, policy).join(' ')}`)
}

function sources(list: SiteList, policy: OriginPolicy): string[] {
  const hosts = list.domains.flatMap((host) => schemesFor(host, policy).map((scheme) => `${scheme}://${host}:*`))
  return [...new Set([...hosts, ...list.origins])]
}
