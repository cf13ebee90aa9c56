import type { ThemeToken } from '@parlor/protocol'
import { attributes, type WidgetAttribute } from '../element/attributes.ts'
import type { ParlorWidgetElement } from '../element/widget-events.ts'

export interface MountOptions extends Partial<Record<Exclude<WidgetAttribute, 'color-scheme'>, string>> {
  token: string
  mode?: 'inline' | 'bubble'
  colorScheme?: 'light' | 'dark' | 'auto'
  theme?: Partial<Record<ThemeToken, string>>
}

/**
 * Puts a widget into `target` (an element or a selector) and returns it; a widget that is already there is changed instead.
 * Returns null where there is no such element.
 *
 * @example
 * window.parlor?.mount('#help', { token, mode: 'bubble' })
 */
export function mount(target: Element | string, options: MountOptions): ParlorWidgetElement | null {
  const place = typeof target === 'string' ? document.querySelector(target) : target
  if (!place) return null
  const there = place.querySelector<ParlorWidgetElement>(':scope>parlor-widget')
  const widget = there ?? document.createElement('parlor-widget')
  const values: Partial<Record<WidgetAttribute, string | undefined>> = {
    ...options,
    'color-scheme': options.colorScheme,
  }
  for (const name of attributes) {
    const value = values[name]
    if (value == null) widget.removeAttribute(name)
    else widget.setAttribute(name, value)
  }
  for (const token in options.theme) {
    widget.style.setProperty(`--parlor-${token}`, options.theme[token as ThemeToken] ?? null)
  }
  if (!there) place.append(widget)
  return widget
}
