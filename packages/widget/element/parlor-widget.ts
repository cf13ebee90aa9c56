import { readTokenClaims } from '../token-claims.ts'
import { attributes, type WidgetAttribute } from './attributes.ts'
import { makeElement } from './make-element.ts'
import { checkSite, drawRefusal, type Refusal } from './refusal.ts'
import { adoptSheet } from './sheet.ts'
import { openTalk, type Talk } from './talk.ts'
import { tell } from './widget-events.ts'

/** A frame that says nothing for this long is blocked or broken. Milliseconds. */
const silenceMs = 15_000

/** Defines `<parlor-widget>`. A function, so that the file can be imported where there is no `HTMLElement`. */
export function defineParlorWidget(loaderBase: string | null): void {
  class ParlorWidget extends HTMLElement {
    static observedAttributes = attributes
    #shadow = this.attachShadow({ mode: 'open' })
    #panel = makeElement('div', {})
    #launcher: HTMLElement | null = null
    #talk: Talk | null = null
    /** Counts the starts: what belongs to an older one is void. */
    #run = 0
    #silence: ReturnType<typeof setTimeout> | undefined
    #watch = new MutationObserver(() => this.#talk?.restyle())

    constructor() {
      super()
      adoptSheet(this.#shadow)
    }
    connectedCallback(): void {
      for (const styled of [this, document.documentElement]) {
        this.#watch.observe(styled, { attributeFilter: ['class', 'style'] })
      }
      this.#plan()
    }
    disconnectedCallback(): void {
      this.#watch.disconnect()
      this.#stop()
    }
    attributeChangedCallback(name: WidgetAttribute, before: string | null, now: string | null): void {
      if (before === now) return
      if (name === 'color-scheme') this.#talk?.restyle()
      else this.#plan()
    }
    /** Opens the panel of the bubble. */
    open(): void {
      this.#show(true)
    }
    /** Puts the panel of the bubble away; the talk goes on. */
    close(): void {
      this.#show(false)
    }
    #show(isOpen: boolean): void {
      if (!this.#launcher || this.#panel.hidden !== isOpen) return
      this.#panel.hidden = !isOpen
      this.#launcher.setAttribute('aria-expanded', `${isOpen}`)
      if (!isOpen) {
        this.#launcher.focus()
        tell(this, 'parlor-close', {})
      } else if (this.#talk) this.#talk.frame.focus()
      else this.#start()
    }

    /** Many changes in one turn are one start; the old frame goes at once, so that two never talk. */
    #plan(): void {
      this.#stop()
      const run = this.#run
      queueMicrotask(() => run === this.#run && this.isConnected && this.#build())
    }
    #stop(): void {
      this.#run++
      clearTimeout(this.#silence)
      this.#talk?.stop()
      this.#talk = null
    }
    #build(): void {
      const isBubble = this.getAttribute('mode') === 'bubble'
      this.#panel = makeElement('div', { class: isBubble ? 'panel bubble' : 'panel' })
      this.#shadow.replaceChildren(this.#panel)
      this.#launcher = null
      if (!isBubble) {
        this.#start()
        return
      }
      this.#panel.hidden = true
      const launcher = makeElement('button', {
        class: 'launcher',
        'aria-label': 'Chat',
        'aria-expanded': 'false',
        'data-parlor': 'launcher',
      })
      launcher.onclick = () => this.#show(!!this.#panel.hidden)
      this.#launcher = launcher
      this.#shadow.append(launcher)
    }

    async #start(): Promise<void> {
      this.#stop()
      const run = this.#run
      const token = this.getAttribute('token')
      // A page that sets the token later is not wrong.
      if (!token) return
      const session = this.getAttribute('session') || readTokenClaims(token).sub
      const base = this.getAttribute('base') || loaderBase
      if (typeof session !== 'string' || !base) {
        this.#refuse(unset)
        return
      }
      const refusal = await checkSite(base, session)
      if (run !== this.#run) return
      if (refusal) this.#refuse(refusal)
      else this.#frame(token, session, base)
    }
    #frame(token: string, session: string, base: string): void {
      this.#silence = setTimeout(() => this.#refuse(silent), silenceMs)
      const talk = openTalk({
        widget: this,
        base,
        session,
        token,
        locale: this.#locale(),
        closable: !!this.#launcher,
        onListening: () => {
          clearTimeout(this.#silence)
          if (this.#launcher && !this.#panel.hidden) talk.frame.focus()
        },
        onClose: () => this.close(),
      })
      this.#talk = talk
      this.#panel.replaceChildren(talk.frame)
    }
    #refuse(refusal: Refusal): void {
      this.#stop()
      this.#panel.replaceChildren(drawRefusal(refusal, this.#locale(), () => this.#start()))
      tell(this, 'parlor-refused', refusal)
    }
    #locale(): string {
      return this.closest<HTMLElement>('[lang]')?.lang || navigator.language
    }
  }
  customElements.define('parlor-widget', ParlorWidget)
}

const unset: Refusal = { rule: 'bad_setup', message: 'The token cannot be read, or base is missing.' }
const silent: Refusal = { rule: 'silent', message: 'No answer. Does the page allow it in frame-src?' }
