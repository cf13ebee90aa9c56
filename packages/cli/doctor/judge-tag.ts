import type { Loader } from './find-loader.ts'
import { type Finding, ok, stops, warning } from './finding.ts'
import type { ReadPage } from './read-page.ts'

/** Whether the tag that brings Parlor is there and as it must be. `known` is Parlor's address, with a slash at the end. */
export function judgeTag(page: ReadPage, loader: Loader | null, known: string | null): Finding[] {
  if (loader === null) {
    const src = `${known ?? 'https://PARLOR/'}embed.js`
    const message = 'The page has no script tag for embed.js. (One that a script adds later cannot be seen from here.)'
    return [stops('script-tag', message, `<script src="${src}" async></script>`)]
  }
  const { tag, url, base, isPinned } = loader
  const findings = [ok('script-tag', `The page loads ${url.href}.`)]
  if (known !== null && new URL(known).origin !== url.origin) {
    findings.push(warning('script-tag', `The page takes Parlor from ${url.origin}, and PARLOR_URL is ${known}.`))
  }
  if (tag.integrity !== undefined && tag.crossorigin === undefined) {
    findings.push(
      stops(
        'integrity',
        'The tag has integrity but no crossorigin: browsers refuse to check and to run it.',
        `<script src="${url.href}" integrity="${tag.integrity}" crossorigin="anonymous" async></script>`,
      ),
    )
  }
  const hasBase = page.widgets.length === 0 || page.widgets.every((widget) => widget.base !== undefined)
  if (isPinned && !hasBase) {
    const message = 'The loader is pinned to one version, so the widget looks for Parlor in the wrong folder.'
    findings.push(stops('base', message, `<parlor-widget base="${base}" token="…"></parlor-widget>`))
  }
  return findings
}
