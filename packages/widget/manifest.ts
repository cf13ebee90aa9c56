/** What a build of the widget made, and what a server has to know to serve it. Paths are relative to `dist`. */
export interface WidgetManifest {
  version: string
  loader: {
    file: 'embed.js'
    /** For the `integrity` attribute: `sha384-…`. */
    integrity: string
    bytes: number
    brotliBytes: number
  }
  frame: {
    /** Module scripts of the page, `assets/…`. */
    js: string[]
    /** Style sheets of the page, `assets/…`. */
    css: string[]
    /** What the entry imports at once, for `<link rel="modulepreload">`. */
    preload: string[]
    /** Everything loaded before the first word, in the largest language, brotli bytes. */
    firstLoadBytes: number
  }
  /** Every file; each has a twin compressed with brotli under the same name and `.br`. */
  files: Record<string, WidgetFile>
}

export interface WidgetFile {
  bytes: number
  brotliBytes: number
  contentType: string
}

/** The promise kept by every build, brotli bytes. */
export const sizeLimits = { loader: 3 * 1024, firstLoad: 30 * 1024 } as const
