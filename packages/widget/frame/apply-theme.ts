import { themeTokens } from '@parlor/protocol'
import { checkTheme, readableOn } from './theme.ts'

/** Puts a theme on the page: as custom properties through the CSSOM, which the policy of the page allows. */
export function applyTheme(page: HTMLElement, theme: unknown, scheme: unknown): void {
  const checked = checkTheme(theme)
  if (checked.accent && !checked['accent-text']) {
    const readable = readableOnColour(checked.accent)
    if (readable) checked['accent-text'] = readable
  }
  for (const token of themeTokens) {
    const value = checked[token]
    if (value === undefined) page.style.removeProperty(`--p-${token}`)
    else page.style.setProperty(`--p-${token}`, value)
  }
  if (scheme === 'light' || scheme === 'dark') page.dataset.scheme = scheme
  else delete page.dataset.scheme
}

/** Asks the browser what a colour is, for it knows all the ways to write one. */
function readableOnColour(colour: string): string | null {
  const pen = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d')
  if (!pen) return null
  pen.fillStyle = colour
  pen.fillRect(0, 0, 1, 1)
  const [red = 0, green = 0, blue = 0] = pen.getImageData(0, 0, 1, 1).data
  return readableOn(red, green, blue)
}
