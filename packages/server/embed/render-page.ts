import { escapeHtml } from '../http/escape-html.ts'
import type { Manifest } from './assets.ts'

/** The frame page: nothing but the built files. Everything it shows is drawn by them. */
export function renderPage({ frame }: Manifest): string {
  const styles = frame.css.map((file) => `<link rel="stylesheet" href="/embed/${file}">`).join('')
  const scripts = frame.js.map((file) => `<script type="module" src="/embed/${file}"></script>`).join('')
  const preloads = frame.preload.map((file) => `<link rel="modulepreload" href="/embed/${file}">`).join('')
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Chat</title>' +
    '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">' +
    `${styles}${preloads}${scripts}</head><body><main id="parlor"></main>` +
    '<noscript>This chat needs JavaScript.</noscript></body></html>'
  )
}

/** A page of plain words, for what goes wrong on the paths a person may open. */
export function renderPlainPage(title: string, text: string, requestId: string): string {
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>` +
    `<body><main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p><p><small>${escapeHtml(requestId)}</small></p></main></body></html>`
  )
}
