import type { ReadPage, ScriptTag } from './read-page.ts'

/** The script tag that brings Parlor, and where Parlor is. */
export interface Loader {
  tag: ScriptTag
  url: URL
  /** Parlor's address, with a slash at the end. */
  base: string
  /** Whether the address names one version (`/embed/1.2.3/embed.js`). */
  isPinned: boolean
}

/** The tag whose script is called `embed.js`; one of `parlorUrl` before others. Null when there is none. */
export function findLoader(page: ReadPage, pageUrl: URL, parlorUrl: URL | null): Loader | null {
  const documentBase = (page.base === undefined ? null : URL.parse(page.base, pageUrl)) ?? pageUrl
  const loaders = page.scripts.flatMap((tag) => {
    const url = URL.parse(tag.src.trim(), documentBase)
    if (url === null || !/\/embed\.js$/.test(url.pathname)) return []
    const folder = new URL('.', url)
    const root = folder.href.replace(/\/embed\/[^/]+\/$/, '/')
    return [{ tag, url, base: root, isPinned: root !== folder.href }]
  })
  return loaders.find(({ url }) => url.origin === parlorUrl?.origin) ?? loaders[0] ?? null
}
