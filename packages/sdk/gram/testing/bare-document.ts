/**
 * Just enough of a document for React to mount components that draw nothing, so that hooks run as they do in a page. React looks for
 * `window` when it is imported; no other global is set, and `close` takes it away again.
 */
export interface BareDocument {
  /** What a root is made in. */
  container: Element
  close(): void
}

export function openBareDocument(): BareDocument {
  const listens = { addEventListener: () => {}, removeEventListener: () => {} }
  const document = { nodeType: 9, ...listens, defaultView: undefined as unknown, activeElement: null, body: null }
  const window = { event: undefined, document, HTMLIFrameElement: class {}, ...listens }
  document.defaultView = window
  const container = { nodeType: 1, nodeName: 'DIV', tagName: 'DIV', ownerDocument: document, ...listens }
  Object.assign(globalThis, { window })
  return {
    // React asks no more of it than this while nothing is drawn.
    container: Object.assign(container, { namespaceURI: 'http://www.w3.org/1999/xhtml' }) as unknown as Element,
    close: () => {
      Reflect.deleteProperty(globalThis, 'window')
    },
  }
}
