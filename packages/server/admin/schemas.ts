import Type from 'typebox'

/** What operators send and get. Rules on values are core's; here is only what they are. */
const text = Type.String()
const whole = Type.Integer()
const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const when = Type.String({ description: 'ISO 8601, UTC' })
const word = (description: string) => Type.String({ minLength: 1, maxLength: 300, description })

const account = word('An account, by id or name. Only keys of the operator’s account may name another than their own.')
const name = Type.String({ maxLength: 1000 })
const ceilings = {
  concurrency: Type.Optional(nullable(whole)),
  max_duration: Type.Optional(nullable(Type.Integer({ description: 'seconds' }))),
}

export const CreateAccountBody = Type.Object({ name, ...ceilings })
export const SetAccountBody = Type.Object({ ...ceilings, suspended: Type.Optional(Type.Boolean()) })
export const CreateProjectBody = Type.Object({
  name,
  slug: Type.String({ maxLength: 1000 }),
  account: Type.Optional(account),
})
export const SetProjectBody = Type.Object({
  strict_origins: Type.Optional(
    Type.Boolean({ description: 'whether the allowed origins bind every session of the project' }),
  ),
  allowed_origins: Type.Optional(Type.Array(Type.String({ maxLength: 1000 }), { maxItems: 1000 })),
})
export const CreateKeyBody = Type.Object({
  name,
  account: Type.Optional(account),
  project: Type.Optional(word('A project, by slug or id; default: the slug "default".')),
  kind: Type.Optional(Type.Union([Type.Literal('secret'), Type.Literal('client')])),
  scopes: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 20 })),
  rate_limit: Type.Optional(nullable(Type.Integer({ description: 'requests in a window; 0 for no limit' }))),
  rate_limit_window: Type.Optional(Type.Integer({ description: 'seconds; 60 when left out' })),
  max_duration: Type.Optional(nullable(Type.Integer({ description: 'seconds' }))),
  concurrency: Type.Optional(nullable(Type.Integer({ description: 'sessions it may have open at once' }))),
  expires_at: Type.Optional(nullable(Type.String({ format: 'date-time' }))),
  allowed_origins: Type.Optional(Type.Array(Type.String({ maxLength: 1000 }), { maxItems: 1000 })),
})
export type CreateKeyBody = Type.Static<typeof CreateKeyBody>
export const RotateBody = Type.Object({
  account: Type.Optional(account),
  project: Type.Optional(word('A project, by slug or id; default: the slug "default".')),
  now: Type.Optional(Type.Boolean({ description: 'refuse older tokens at once and end their sessions' })),
})
export const LogoutBody = Type.Object({ operator_session: Type.String({ minLength: 1, maxLength: 1000 }) })

export const IdParams = Type.Object({ id: Type.String() })
export const AccountQuery = Type.Object({ account: Type.Optional(account) })
const paging = {
  page: Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1 }),
  page_size: Type.Integer({ minimum: 1, default: 20, description: 'at most 100 are sent' }),
}
export const PageQuery = Type.Object(paging)
export const ListQuery = Type.Object({ ...paging, account: Type.Optional(account) })
export const SessionsQuery = Type.Object({
  ...paging,
  account: Type.Optional(account),
  agent: Type.Optional(word('An agent’s id.')),
  open: Type.Optional(Type.Boolean({ description: 'only those that are neither ended nor expired' })),
})
export type PageQuery = Type.Static<typeof PageQuery>

export const AccountAnswer = Type.Object({
  id: text,
  name: text,
  concurrency: nullable(whole),
  max_duration: nullable(whole),
  suspended: Type.Boolean(),
  suspended_at: nullable(when),
  is_operator: Type.Boolean(),
  created_at: when,
})
export const SetAccountAnswer = Type.Object({ ...AccountAnswer.properties, ended_sessions: whole })
export const ProjectAnswer = Type.Object({
  id: text,
  account_id: text,
  slug: text,
  name: text,
  strict_origins: Type.Boolean(),
  allowed_origins: Type.Array(text),
  created_at: when,
})
export const DeletedProjectAnswer = Type.Object({ id: text, ended_sessions: whole })
export const CreatedAccountAnswer = Type.Object({ ...AccountAnswer.properties, project: ProjectAnswer })
export const KeyAnswer = Type.Object({
  id: text,
  account_id: text,
  project_id: text,
  kind: text,
  name: text,
  masked: text,
  prefix: text,
  scopes: Type.Array(text),
  rate_limit: nullable(whole),
  rate_limit_window: nullable(whole),
  max_duration: nullable(whole),
  concurrency: nullable(whole),
  allowed_origins: Type.Array(text),
  status: Type.String({ description: 'active, expired or revoked' }),
  expires_at: nullable(when),
  revoked_at: nullable(when),
  created_at: when,
})
export const CreatedKeyAnswer = Type.Object({
  ...KeyAnswer.properties,
  key: Type.String({ description: 'The key itself. It is shown this once.' }),
})
export type CreatedKeyAnswer = Type.Static<typeof CreatedKeyAnswer>
export const RevokedKeyAnswer = Type.Object({ id: text, status: text })
export const RotateAnswer = Type.Object({ project_id: text, ended_sessions: whole })
export const AgentAnswer = Type.Object({
  id: text,
  account_id: text,
  project_id: text,
  name: text,
  description: nullable(text),
  avatar_id: text,
  voice_id: text,
  brain_id: text,
  created_at: when,
})
export const SessionAnswer = Type.Object({
  id: text,
  kind: text,
  account_id: text,
  project_id: text,
  agent_id: text,
  key_id: nullable(text),
  state: Type.String({ description: 'issued, live or ended' }),
  reason: nullable(text),
  created_at: when,
  expires_at: when,
  ended_at: nullable(when),
})
export const LoginAnswer = Type.Object({
  id: text,
  operator_session: Type.String({ description: 'It is shown this once.' }),
  account_id: text,
  expires_at: when,
})
export const LogoutAnswer = Type.Object({ success: Type.Boolean() })
export const AccessAnswer = Type.Object({
  version: text,
  public_url: text,
  time: when,
  is_operator: Type.Boolean(),
  account: Type.Object({ id: text, name: text }),
  key: Type.Object({ id: text, name: text, masked: text, scopes: Type.Array(text), expires_at: nullable(when) }),
})

export function listOf<T extends Type.TSchema>(item: T) {
  const flag = Type.Boolean()
  const meta = { page: whole, page_size: whole, total: whole, total_pages: whole, has_next: flag, has_prev: flag }
  return Type.Object({ data: Type.Array(item), meta: Type.Object(meta) })
}
