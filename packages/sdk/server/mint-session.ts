import {
  createChatSession,
  createWidgetSession,
  type ParlorCore,
  ParlorRequestError,
  type Result,
} from '../functions/index.ts'
import type { CreateChatSessionAnswer, CreateWidgetSessionAnswer } from '../types/index.ts'
import type { ChatSessionOptions, SessionOptions, WidgetSessionOptions } from './session-options.ts'

/** What a page is given of a chat session. */
export type ChatSessionForPage = Pick<CreateChatSessionAnswer, 'client_token' | 'embed_origin' | 'expires_after'>

/** What a page is given of a widget session. */
export type WidgetSessionForPage = Pick<
  CreateWidgetSessionAnswer,
  'session_token' | 'session_id' | 'expires_at' | 'expires_in' | 'widget_url' | 'websocket_url'
>

export type SessionForPage = ChatSessionForPage | WidgetSessionForPage

/** Makes a session for `user`, and keeps of the answer what a page needs. One try. */
export function mintSession(
  core: ParlorCore,
  options: SessionOptions<never>,
  user: string | undefined,
): Promise<Result<SessionForPage>> {
  return options.kind === 'chat' ? mintChat(core, options, user) : mintWidget(core, options, user)
}

async function mintChat(
  core: ParlorCore,
  { embedOrigin, expiresAfter }: ChatSessionOptions<never>,
  user: string | undefined,
): Promise<Result<ChatSessionForPage>> {
  const made = await createChatSession(core, {
    embed_origin: embedOrigin,
    ...(expiresAfter !== undefined && { expires_after: expiresAfter }),
    ...(user !== undefined && { user_identifier: user }),
  })
  if (!made.ok) return made
  const { client_token, embed_origin, expires_after } = made.value
  // A token for other pages would be worse than none.
  if (!client_token || embed_origin !== embedOrigin) return strange()
  return { ok: true, value: { client_token, embed_origin, expires_after } }
}

async function mintWidget(
  core: ParlorCore,
  options: WidgetSessionOptions<never>,
  user: string | undefined,
): Promise<Result<WidgetSessionForPage>> {
  const { agentId, domains, origins, features = {}, expiresAfter, singleUse, audioOnly } = options
  const { voiceInput, textInput, knowledgeBase } = features
  const made = await createWidgetSession(core, {
    agentic_avatar_id: agentId,
    ...(domains !== undefined && { allowed_domains: [...domains] }),
    ...(origins !== undefined && { allowed_origins: [...origins] }),
    features: {
      ...(voiceInput !== undefined && { voice_input: voiceInput }),
      ...(textInput !== undefined && { text_input: textInput }),
      ...(knowledgeBase !== undefined && { knowledge_base: knowledgeBase }),
    },
    ...(expiresAfter !== undefined && { max_duration: expiresAfter }),
    ...(singleUse !== undefined && { single_use: singleUse }),
    ...(audioOnly !== undefined && { audio_only: audioOnly }),
    ...(user !== undefined && { user_metadata: { user } }),
  })
  if (!made.ok) return made
  const { session_token, session_id, expires_at, expires_in, widget_url, websocket_url } = made.value
  if (!session_token) return strange()
  return { ok: true, value: { session_token, session_id, expires_at, expires_in, widget_url, websocket_url } }
}

function strange(): { ok: false; error: ParlorRequestError } {
  const error = new ParlorRequestError('This answer is not one to that request.', {
    status: 200,
    code: 'INVALID_ANSWER',
  })
  return { ok: false, error }
}
