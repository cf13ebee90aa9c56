import { type ClientEvent, closeCodes, type Interrupt, liveLimits } from '@parlor/protocol'
import { closeConnection, refuse, say } from './connection.ts'
import type { Connection } from './live-state.ts'
import { type ParsedEvent, parseClientEvent } from './parse-client-event.ts'
import { abortReply } from './reply.ts'
import { takeMessage } from './take-message.ts'
import { pruneTo } from './visitor-channel.ts'

/** Events kept while `hello` is being answered; a client that has more to say can wait for `ready`. */
const mostEarly = 16

/** Takes one frame after `hello`. */
export function hearFrame(connection: Connection, text: string | null): void {
  if (text === null) {
    refuseVoice(connection, undefined)
    return
  }
  hearParsed(connection, parseClientEvent(text))
}

function hearParsed(connection: Connection, parsed: ParsedEvent): void {
  switch (parsed.kind) {
    case 'event':
      hearEvent(connection, parsed.event)
      return
    case 'voice':
      refuseVoice(connection, parsed.ref)
      return
    case 'malformed':
      refuse(connection, { code: 'invalid_request', message: parsed.fault, ref: parsed.ref })
      return
    case 'too_long': {
      const message = `A message holds at most ${liveLimits.textBytes} bytes of UTF-8. Send a shorter one.`
      refuse(connection, { code: 'message_too_long', message, ref: parsed.ref })
      return
    }
    case 'garbage':
      closeForProtocol(connection, parsed.fault)
      return
    case 'unknown':
  }
}

/** Acts on one event; those that come before the answer to `hello` wait for it. */
function hearEvent(connection: Connection, event: ClientEvent): void {
  const { channel } = connection
  if (event.type === 'hello') closeForProtocol(connection, 'Say hello once.')
  else if (event.type === 'ping') say(connection, { type: 'pong', t: event.t })
  else if (event.type === 'bye') closeConnection(connection, closeCodes.done)
  else if (channel === null) keepForLater(connection, event)
  else if (event.type === 'ack') pruneTo(channel, event.seq)
  else if (event.type === 'interrupt') interrupt(connection, event)
  else if (event.type === 'user.text') {
    if (channel.live.session?.settings.features.textInput) takeMessage(channel, event)
    else refuseFeature(connection, 'text_input', event.id)
  } else if (event.type === 'action') refuseAction(connection, event.id)
}

function keepForLater(connection: Connection, event: ClientEvent): void {
  connection.early ??= []
  if (connection.early.length >= mostEarly) closeForProtocol(connection, 'Wait for ready before sending more.')
  else connection.early.push(event)
}

/** Acts on what came before the answer to `hello`. */
export function hearEarly(connection: Connection): void {
  const early = connection.early ?? []
  connection.early = null
  for (const event of early) {
    if (connection.phase === 'open') hearEvent(connection, event)
  }
}

/** One that names a response already over comes too late and means nothing. */
function interrupt({ channel }: Connection, { response }: Interrupt): void {
  if (channel?.reply && (response === undefined || response === channel.reply.turn.response)) {
    abortReply(channel, 'interrupted')
  }
}

function refuseVoice(connection: Connection, ref: string | undefined): void {
  if (connection.live?.session?.settings.features.voiceInput === false) {
    refuseFeature(connection, 'voice_input', ref)
    return
  }
  refuse(connection, { code: 'unavailable', message: 'This server does not take voice yet. Send user.text.', ref })
}

function refuseAction(connection: Connection, ref: string): void {
  refuse(connection, { code: 'unavailable', message: 'This agent offers no actions.', ref })
}

function refuseFeature(connection: Connection, feature: string, ref: string | undefined): void {
  const message = `This session was created without ${feature}. Create it with settings.features.${feature} on.`
  refuse(connection, { code: 'feature_disabled', message, ref })
}

/** The client does not speak this protocol: there is no point in going on. */
export function closeForProtocol(connection: Connection, message: string): void {
  refuse(connection, { code: 'invalid_request', message })
  closeConnection(connection, closeCodes.protocol)
}
