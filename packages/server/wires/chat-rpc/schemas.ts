import Type from 'typebox'

/** Types of this wire (contracts 3.2, 3.3, 3.7). Unknown fields are allowed everywhere; null counts as left out, as upstream. */
const text = Type.String()
const when = Type.String({ description: 'ISO 8601, UTC' })
const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const CreateSessionBody = Type.Object({
  embed_origin: Type.String({ description: 'The origin whose pages may use the token, to the letter.' }),
  expires_after: Type.Optional(
    nullable(Type.Integer({ minimum: 1, maximum: 3600, description: 'seconds; 3600 when left out' })),
  ),
  user_identifier: Type.Optional(nullable(Type.String({ description: 'Your own name for who will use the token.' }))),
})
export type CreateSessionBody = Type.Static<typeof CreateSessionBody>

export const CreatedSessionAnswer = Type.Object({
  client_token: Type.String({ description: 'The token, a JWT. It is in no other answer.' }),
  embed_origin: text,
  expires_after: Type.Integer({ description: 'seconds' }),
  status: Type.String({ description: 'always active' }),
  user_identifier: Type.Optional(text),
})

export const RevokeQuery = Type.Object({ token: Type.String({ description: 'The token to end.' }) })

const scope = Type.Enum(['consumer', 'producer', 'chat', 'hooks', 'agent', 'agent_user'], { type: 'string' })
export const CreateKeyBody = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 200 }),
  scopes: Type.Array(scope, { minItems: 1, maxItems: 20 }),
  project_id: Type.Optional(
    nullable(Type.String({ minLength: 1, maxLength: 40, description: 'The one project the key is bound to.' })),
  ),
})
export type CreateKeyBody = Type.Static<typeof CreateKeyBody>
export const IdQuery = Type.Object({ id: Type.String({ minLength: 1, maxLength: 100 }) })

const keyFields = {
  id: text,
  organization_id: text,
  project_id: Type.Optional(text),
  created_by_user_id: text,
  name: text,
  key_prefix: text,
  scopes: Type.Array(text),
  created_at: when,
  updated_at: when,
  last_accessed_at: Type.Optional(when),
}
export const KeyAnswer = Type.Object(keyFields)
export const CreatedKeyAnswer = Type.Object({
  ...keyFields,
  key: Type.String({ description: 'The key itself. It is shown this once.' }),
})
export type CreatedKeyAnswer = Type.Static<typeof CreatedKeyAnswer>
export const KeysAnswer = Type.Object({ keys: Type.Array(KeyAnswer) })

const named = Type.Object({ id: text, name: text, slug: text })
export const VerifiedKeyAnswer = Type.Object({
  organization: named,
  projects: Type.Array(named),
  scopes: Type.Array(text),
})

const organization = Type.String({ maxLength: 100, description: 'Your account’s id. No other is taken.' })
export const ListProjectsQuery = Type.Object({ organization_id: Type.Optional(organization) })
export const ProjectQuery = Type.Object({ slug: Type.String({ minLength: 1, maxLength: 128 }) })
export const CreateProjectBody = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 40 }),
  organization_id: Type.Optional(nullable(organization)),
  slug: Type.Optional(
    nullable(Type.String({ pattern: '^[a-z0-9_-]{1,40}$', description: 'Made from the name when left out.' })),
  ),
})
export type CreateProjectBody = Type.Static<typeof CreateProjectBody>

const project = Type.Object({
  id: text,
  name: text,
  slug: text,
  organization_id: text,
  strict_origins: Type.Boolean({ description: 'Whether the approved origins bind every session of the project.' }),
  created_at: when,
  updated_at: when,
})
export const ProjectAnswer = Type.Object({ project })
export const ProjectsAnswer = Type.Object({ projects: Type.Array(named) })
export const SetStrictOriginsBody = Type.Object({ strict_origins: Type.Boolean() })

export const UpsertOriginBody = Type.Object({
  origin: Type.String({ minLength: 1, maxLength: 500 }),
  status: Type.Optional(
    nullable(Type.Enum(['pending', 'approved', 'rejected'], { type: 'string', description: 'pending when left out' })),
  ),
})
export type UpsertOriginBody = Type.Static<typeof UpsertOriginBody>
const allowedOrigin = Type.Object({
  id: text,
  project_id: text,
  origin: text,
  status: Type.String({ description: 'pending, approved or rejected' }),
  created_at: when,
  updated_at: when,
})
export const AllowedOriginAnswer = Type.Object({ allowed_origin: allowedOrigin })
export const AllowedOriginsAnswer = Type.Object({ allowed_origins: Type.Array(allowedOrigin) })

/** An answer without a body. */
export const NothingAnswer = Type.Null({ description: 'It is done.' })
