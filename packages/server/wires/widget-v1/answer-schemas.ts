import Type from 'typebox'

/** What this wire answers, for the interface description and for the serializer, which writes nothing that is not here. */
const text = Type.String()
const whole = Type.Integer()
const flag = Type.Boolean()
const when = Type.String({ description: 'ISO 8601, UTC' })
export const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const anything = Type.Record(Type.String(), Type.Unknown())

type Fields = Record<string, Type.TSchema>

/** One answer for both generations of clients: the fields flat, and again under `data` (contracts K3). */
export function superset<T extends Fields>(fields: T) {
  return Type.Object({ ...fields, data: Type.Object(fields), meta: Type.Null() })
}

/** Both list forms at once (contracts K7). */
export function listOf(plural: string, fields: Fields) {
  const items = Type.Array(Type.Object(fields))
  const paging = { page: whole, limit: whole, total: whole, total_pages: whole }
  return Type.Object({
    data: items,
    [plural]: items,
    meta: Type.Object({ ...paging, page_size: whole, has_next: flag, has_prev: flag }),
    pagination: Type.Object(paging),
  })
}

export const createdSession = {
  session_token: text,
  session_id: text,
  expires_at: when,
  expires_in: Type.Integer({ description: 'seconds' }),
  widget_url: text,
  websocket_url: text,
  user_id: text,
  avatar: Type.Object({ id: text, name: text, agentic_avatar_id: text, agentic_avatar_name: text }),
  audio_only: flag,
}

export const sessionStatus = {
  id: text,
  session_id: text,
  agentic_avatar_id: text,
  user_id: text,
  api_key_id: nullable(text),
  user_metadata: nullable(anything),
  allowed_domains: nullable(Type.Array(text)),
  allowed_origins: nullable(Type.Array(text)),
  features: Type.Object({ voice_input: flag, text_input: flag, knowledge_base: flag }),
  audio_only: flag,
  status: Type.String({ description: 'active, expired or terminated' }),
  valid: flag,
  is_revoked: flag,
  ended_reason: nullable(text),
  created_at: when,
  expires_at: when,
  ended_at: nullable(when),
}

export const endedSession = { success: flag, message: text, session_id: text }

export const avatar = {
  id: text,
  user_id: nullable(text),
  name: text,
  description: nullable(text),
  gender: text,
  occupation: text,
  url: text,
  object_key: Type.Null(),
  cdn_url: text,
  video_url: text,
  preview_image: nullable(text),
  thumbnail_url: nullable(text),
  is_public: flag,
  scope: text,
  properties: Type.Object({ gender: text, age_range: Type.Null(), style: text }),
  created_at: when,
  updated_at: when,
}

export const AvatarDetails = Type.Object({
  error: Type.Null(),
  data: Type.Object({
    type: text,
    id: text,
    name: text,
    gender: text,
    preview_image_url: nullable(text),
    preview_video_url: nullable(text),
    premium: flag,
    is_public: flag,
    default_voice_id: text,
    tags: Type.Array(text),
  }),
})

export const voice = {
  id: text,
  user_id: nullable(text),
  name: text,
  description: nullable(text),
  gender: text,
  language: text,
  elevenlabs_voice_id: text,
  preview_url: Type.Null(),
  is_public: flag,
  scope: text,
  properties: Type.Object({ accent: Type.Null(), age: Type.Null(), style: Type.Null() }),
  created_at: when,
  updated_at: when,
}

export const brain = {
  id: text,
  user_id: nullable(text),
  name: text,
  system_prompt: text,
  llm_name: text,
  knowledge_base_id: nullable(text),
  is_public: flag,
  is_active: flag,
  description: Type.Null(),
  type: text,
  document_count: whole,
  last_updated: when,
  status: text,
  created_at: when,
  updated_at: when,
}

export const agent = {
  id: text,
  user_id: text,
  name: text,
  description: nullable(text),
  avatar_id: text,
  voice_id: text,
  brain_id: text,
  avatar: nullable(Type.Object(avatar)),
  voice: nullable(Type.Object(voice)),
  brain: nullable(Type.Object(brain)),
  settings: Type.Object({
    greeting: nullable(text),
    personality: nullable(text),
    languages: Type.Array(text),
    max_conversation_length: nullable(whole),
  }),
  status: text,
  usage: Type.Object({ total_sessions: whole, total_messages: whole, last_used: nullable(when) }),
  created_at: when,
  updated_at: when,
}

export const removed = { success: flag, message: text, id: text, deleted_id: text }

export const apiKey = {
  id: text,
  key_id: text,
  user_id: text,
  name: text,
  key: Type.String({ description: 'masked' }),
  prefix: text,
  scopes: Type.Array(text),
  request_count: whole,
  rate_limit: nullable(whole),
  rate_limit_window: nullable(Type.Integer({ description: 'seconds' })),
  is_active: flag,
  status: text,
  expires_at: nullable(when),
  last_used: nullable(when),
  last_used_at: nullable(when),
  last_used_ip: nullable(text),
  key_metadata: Type.Null(),
  created_at: when,
  updated_at: nullable(when),
}

export const keyVerdict = {
  valid: flag,
  message: text,
  key: nullable(Type.Object(apiKey)),
  key_id: nullable(text),
  scopes: Type.Array(text),
  metadata: Type.Object({}),
  expires_at: nullable(when),
}

export const requestRow = {
  id: text,
  time: Type.String({ description: 'ISO 8601, UTC, with milliseconds' }),
  method: text,
  path: text,
  operation: text,
  status: whole,
  user_agent: nullable(text),
  duration_ms: Type.Number(),
  request_id: text,
}
