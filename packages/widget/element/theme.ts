import { type LoaderToFrame, type ThemeToken, themeTokens } from '@parlor/protocol'

type Look = Pick<LoaderToFrame & { type: 'parlor.theme' }, 'theme' | 'color_scheme'>

/** How the widget is to look: the custom properties `--parlor-…` that hold at it, and its colour scheme. The frame checks both. */
export function readLook(widget: Element): Look {
  const style = getComputedStyle(widget)
  const theme: Partial<Record<ThemeToken, string>> = {}
  for (const token of themeTokens) theme[token] = style.getPropertyValue(`--parlor-${token}`)
  return { theme, color_scheme: (widget.getAttribute('color-scheme') as Look['color_scheme']) ?? 'auto' }
}
