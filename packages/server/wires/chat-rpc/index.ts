import type { App } from '../../http/app-types.ts'
import type { ChatWire } from './wire.ts'

export { renderChatError } from './render-error.ts'
export type { ChatWire } from './wire.ts'

/** Gram's chat sessions (contracts, section 3) over core's verbs. */
export function registerChatWire(_app: App, _wire: ChatWire): void {}
