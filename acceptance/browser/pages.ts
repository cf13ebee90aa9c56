export interface WidgetPage {
  token: string
  /** More attributes of the element. */
  attributes?: Record<string, string>
  lang?: string
  /** Markup for the head, such as a style. */
  head?: string
  /** Markup after the widget. */
  after?: string
}

/** A customer's page as `docs/embed.md` shows it: the loader and the element, nothing inline. */
export function widgetPage(
  parlorUrl: string,
  { token, attributes = {}, lang = 'en', head, after }: WidgetPage,
): string {
  const given = Object.entries({ token, ...attributes }).map(([name, value]) => ` ${name}="${escapeHtml(value)}"`)
  return plainPage(
    `<h1>A shop</h1><parlor-widget${given.join('')}></parlor-widget>${after ?? ''}`,
    `<script src="${parlorUrl}/embed.js" async></script>${head ?? ''}`,
    lang,
  )
}

/** Any page. */
export function plainPage(body: string, head = '', lang = 'en'): string {
  return (
    `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>A shop</title>` +
    '<meta name="viewport" content="width=device-width, initial-scale=1">' +
    `${head}</head><body><main>${body}</main></body></html>`
  )
}

/** A page that frames an address, such as another page of a test. */
export function framingPage(address: string, attributes = ''): string {
  return plainPage(
    `<iframe title="framed" width="600" height="700" src="${escapeHtml(address)}" ${attributes}></iframe>`,
  )
}

/** For text between tags and in attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}
