import { defineParlorWidget } from '../element/parlor-widget.ts'
import { findBase } from './find-base.ts'
import { mount } from './mount.ts'

declare global {
  interface Window {
    parlor?: { mount: typeof mount }
  }
}

// Included twice, on a server, or in a browser without custom elements, this does nothing; it never throws into the page.
try {
  if (typeof window !== 'undefined' && !customElements.get('parlor-widget')) {
    defineParlorWidget(findBase(document))
    window.parlor = { mount }
  }
} catch (error) {
  console.warn(error)
}
