import { endSession } from '@parlor/core/session'
import type { App } from '../http/app-types.ts'
import type { ChatPorts } from './chat-ports.ts'
import { registerChats } from './chats.ts'
import { registerCompletions } from './completions.ts'
import type { TurnContext } from './run-turn.ts'
import type { Turns } from './turns.ts'
import { registerTurnStream } from './turnstream.ts'

export type { ChatPorts } from './chat-ports.ts'
export { holdRequests } from './hold-requests.ts'
export { renderRawError } from './render-error.ts'
export { createTurns, type Turns, type TurnsOptions } from './turns.ts'

/** `/chat/completions`, `/chat/turnstream` and `/rpc/chat.*`: what a chat session is for. */
export function registerChat(app: App, ports: ChatPorts, turns: Turns): void {
  const context: TurnContext = { ports, timing: turns.timing, logger: app.log }
  turns.sessions.onExpiry(
    ({ id }) => {
      endSession(ports, id, 'expired').catch((err: unknown) => {
        app.log.error({ err, session: id }, 'an expiry could not be written')
      })
    },
    () => ports.clock.now(),
  )
  registerCompletions(app, context, turns)
  registerTurnStream(app, context, turns)
  registerChats(app, ports)
}
