/** The attributes of `<parlor-widget>`; each is also an option of `parlor.mount`, in camel case. */
export const attributes = [
  /** The session token. Required. */
  'token',
  /** The session; by default the token's `sub`. */
  'session',
  /** `inline` (default) fills the element; `bubble` puts a button into the corner that opens a panel. */
  'mode',
  /** BCP 47; by default the page's language, then the browser's. */
  'lang',
  /** `light`, `dark` or `auto` (default). */
  'color-scheme',
  /** Where Parlor is, where the loader cannot tell from its own address. */
  'base',
] as const

export type WidgetAttribute = (typeof attributes)[number]
