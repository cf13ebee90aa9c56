import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { Finding } from '../finding.ts'
import type { ProjectFile } from './project-files.ts'

/** Every relative link of a page leads to a file that exists, and to a heading it has. */
export function checkLinks(root: string, pages: readonly ProjectFile[]): Finding[] {
  const headings = new Map(pages.map((page) => [page.path, anchorsOf(page.text)]))
  return pages.flatMap((page) =>
    linksOf(page.text).flatMap(({ target, line }) => {
      const [path = '', anchor] = target.split('#')
      const file = path === '' ? page.path : posix.join(posix.dirname(page.path), decodeURIComponent(path))
      const at = { file: page.path, line }
      if (!existsSync(join(root, file))) {
        return [{ ...at, what: `the link ${target} leads nowhere`, instead: 'name a file that exists' }]
      }
      if (!anchor || !headings.has(file) || headings.get(file)?.has(anchor)) return []
      return [{ ...at, what: `${file} has no heading #${anchor}`, instead: 'name a heading it has' }]
    }),
  )
}

function linksOf(markdown: string): { target: string; line: number }[] {
  return withoutCode(markdown)
    .split('\n')
    .flatMap((text, index) =>
      [...text.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)|<img[^>]+src="([^"]+)"/g)]
        .map((match) => match[1] ?? match[2] ?? '')
        .filter((target) => !/^[a-z]+:|^\/\//i.test(target))
        .map((target) => ({ target, line: index + 1 })),
    )
}

function anchorsOf(markdown: string): Set<string> {
  const headings = [...withoutCode(markdown, false).matchAll(/^#{1,6}\s+(.*)$/gm)].map((match) => match[1] ?? '')
  return new Set(headings.map(anchorOf))
}

/** How GitHub names a heading. */
function anchorOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}

/** Keeps the line numbers. */
function withoutCode(markdown: string, spansToo = true): string {
  const blocks = markdown.replaceAll(/^```[\s\S]*?^```/gm, (block) => block.replaceAll(/[^\n]/g, ''))
  return spansToo ? blocks.replaceAll(/`[^`\n]*`/g, '') : blocks
}
