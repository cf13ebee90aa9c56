import Type from 'typebox'
import { nullable } from './answer-schemas.ts'

/** Types of this wire. Names and limits: contracts 1.3 and 1.4; unknown fields are allowed everywhere (older clients send more). */

const siteEntries = Type.Array(Type.String({ minLength: 1, maxLength: 300 }), { maxItems: 100 })
const metadata = nullable(Type.Record(Type.String(), Type.Unknown()))

const features = Type.Object({
  voice_input: Type.Optional(Type.Boolean()),
  text_input: Type.Optional(Type.Boolean()),
  knowledge_base: Type.Optional(Type.Boolean()),
})

const sessionSettings = {
  max_duration: Type.Optional(Type.Integer({ minimum: 1, maximum: 86400 })),
  allowed_domains: Type.Optional(nullable(siteEntries)),
  allowed_origins: Type.Optional(nullable(siteEntries)),
  features: Type.Optional(features),
  single_use: Type.Optional(Type.Boolean()),
}

export const CreateSessionBody = Type.Object({
  agentic_avatar_id: Type.String({ minLength: 1, maxLength: 200 }),
  ...sessionSettings,
  settings: Type.Optional(nullable(Type.Object(sessionSettings))),
  user_metadata: Type.Optional(metadata),
  audio_only: Type.Optional(Type.Boolean()),
})
export type CreateSessionBody = Type.Static<typeof CreateSessionBody>

export const SessionParams = Type.Object({ session_id: Type.String() })
export const IdParams = Type.Object({ id: Type.String() })
export const DocumentParams = Type.Object({ id: Type.String(), document_id: Type.String() })

const name = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' })
const text = (maxLength: number) => Type.String({ maxLength })

export const CreateAgentBody = Type.Object({
  name,
  avatar_id: Type.String({ maxLength: 200 }),
  voice_id: Type.String({ maxLength: 200 }),
  brain_id: Type.String({ maxLength: 200 }),
  description: Type.Optional(nullable(text(2000))),
  settings: Type.Optional(
    nullable(
      Type.Object({
        greeting: Type.Optional(nullable(text(2000))),
        personality: Type.Optional(nullable(text(8000))),
        languages: Type.Optional(Type.Array(Type.String({ maxLength: 35 }), { maxItems: 50 })),
        max_conversation_length: Type.Optional(nullable(Type.Integer({ minimum: 2, maximum: 10_000 }))),
      }),
    ),
  ),
})
export type CreateAgentBody = Type.Static<typeof CreateAgentBody>

export const CreateBrainBody = Type.Object({
  name,
  system_prompt: text(32_000),
  llm_name: Type.String({ minLength: 1, maxLength: 200 }),
  knowledge_base_id: Type.Optional(nullable(Type.String({ maxLength: 200 }))),
  is_public: Type.Optional(Type.Boolean()),
  is_active: Type.Optional(Type.Boolean()),
})
export type CreateBrainBody = Type.Static<typeof CreateBrainBody>

export const CreateKnowledgeBaseBody = Type.Object({ name, description: Type.Optional(nullable(text(2000))) })
export type CreateKnowledgeBaseBody = Type.Static<typeof CreateKnowledgeBaseBody>

/** One file as a form brings it, and the link of its citations. */
export const DocumentForm = Type.Object({
  file: Type.Unsafe<string>({ type: 'string', format: 'binary', description: 'its name is the name of the document' }),
  url: Type.Optional(Type.String({ maxLength: 2000 })),
})

/** A text with its name (and `url` where visitors may open it), or a `url` alone, which is then read from there. */
export const AddDocumentBody = Type.Object({
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })),
  text: Type.Optional(Type.String()),
  media_type: Type.Optional(Type.String({ maxLength: 100 })),
  url: Type.Optional(nullable(Type.String({ maxLength: 2000 }))),
})
export type AddDocumentBody = Type.Static<typeof AddDocumentBody>

/** Beyond this a page number is a mistake, and its offset would not be exact. */
const lastPage = 1_000_000

export const ListQuery = Type.Object({
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: lastPage, default: 1 })),
  page_size: Type.Optional(Type.Integer({ minimum: 1 })),
  limit: Type.Optional(Type.Integer({ minimum: 1 })),
  scope: Type.Optional(
    Type.Union(
      ['all', 'public', 'private', 'my'].map((word) => Type.Literal(word)),
      { default: 'all' },
    ),
  ),
})
export const VoiceQuery = Type.Object({
  ...ListQuery.properties,
  language: Type.Optional(Type.String({ maxLength: 35 })),
  gender: Type.Optional(Type.String({ maxLength: 20 })),
})

export const AgentQuery = Type.Object({
  ...ListQuery.properties,
  status: Type.Optional(Type.Union([Type.Literal('active'), Type.Literal('inactive')])),
})

/** Every brain is of the one type the documentation knows; asking for another finds none. */
export const BrainQuery = Type.Object({
  ...ListQuery.properties,
  type: Type.Optional(Type.String({ maxLength: 50 })),
})

export const RequestQuery = Type.Object({
  ...ListQuery.properties,
  operation: Type.Optional(Type.String({ maxLength: 100 })),
})

export type ListQuery = { page: number; page_size?: number; limit?: number; scope: 'all' | 'public' | 'private' | 'my' }
