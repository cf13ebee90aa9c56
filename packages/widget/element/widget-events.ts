import type { FrameToLoader } from '@parlor/protocol'
import type { Refusal } from './refusal.ts'

/** What `<parlor-widget>` tells its page, as the `detail` of bubbling DOM events. */
export interface WidgetEvents {
  /** The visitor can talk. */
  'parlor-ready': { visitor: string }
  /** The talk is over for good; `code` is the close code of the live socket. */
  'parlor-ended': { reason: (FrameToLoader & { type: 'parlor.ended' })['reason']; code: number }
  /** The widget may not or cannot be shown here; `rule` says why. */
  'parlor-refused': Refusal
  /** The visitor put the panel away. */
  'parlor-close': Record<string, never>
}

/** Tells the page around `widget`. */
export function tell<K extends keyof WidgetEvents>(widget: Element, type: K, detail: WidgetEvents[K]): void {
  widget.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }))
}

/** The element as a page sees it. */
export interface ParlorWidgetElement extends HTMLElement {
  /** Opens the panel of the bubble. */
  open(): void
  /** Puts the panel of the bubble away; the talk goes on. */
  close(): void
}

declare global {
  interface HTMLElementTagNameMap {
    'parlor-widget': ParlorWidgetElement
  }
  interface HTMLElementEventMap extends WidgetEventMap {}
}

type WidgetEventMap = { [K in keyof WidgetEvents]: CustomEvent<WidgetEvents[K]> }
