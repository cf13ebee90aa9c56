import { Parser } from 'htmlparser2'

export interface ScriptTag {
  src: string
  nonce: string | undefined
  integrity: string | undefined
  crossorigin: string | undefined
}

/** What matters of a page's HTML. */
export interface ReadPage {
  /** Of `<base href>`. */
  base: string | undefined
  scripts: ScriptTag[]
  widgets: { token: string | undefined; session: string | undefined; base: string | undefined }[]
  /** Contents of `<meta http-equiv="Content-Security-Policy">` in the head. */
  metaPolicies: string[]
}

/** Reads a page as it was sent; what scripts add to it later is not seen. */
export function readPage(html: string): ReadPage {
  const page: ReadPage = { base: undefined, scripts: [], widgets: [], metaPolicies: [] }
  let isHead = true
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        if (name === 'body') isHead = false
        if (name === 'base') page.base ??= attributes.href
        if (name === 'parlor-widget') {
          const { token, session, base } = attributes
          page.widgets.push({ token, session, base })
        }
        const { src, nonce, integrity, crossorigin } = attributes
        if (name === 'script' && src !== undefined) page.scripts.push({ src, nonce, integrity, crossorigin })
        const isPolicy = attributes['http-equiv']?.toLowerCase() === 'content-security-policy'
        if (name === 'meta' && isHead && isPolicy) page.metaPolicies.push(attributes.content ?? '')
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  )
  parser.end(html)
  return page
}
