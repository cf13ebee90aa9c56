import Type, { type TSchema } from 'typebox'

/** Types of `/chat/*` and `/rpc/chat.*`. Names and limits: contracts 3.7; fields that are not named are allowed everywhere. */

/** OpenAI's clients send null for what is not wished. */
const wish = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]))

const uuid = { pattern: '^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$' }
const ChatId = Type.String({ ...uuid, description: 'A UUID.' })

const Part = Type.Object({ type: Type.String(), text: Type.Optional(Type.String()) })

const ToolCallWire = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 256 }),
  type: Type.Optional(Type.String()),
  function: Type.Object({ name: Type.String({ maxLength: 256 }), arguments: Type.String() }),
})

const Message = Type.Object({
  role: Type.Enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content: Type.Optional(Type.Union([Type.String(), Type.Array(Part, { maxItems: 1000 }), Type.Null()])),
  tool_calls: wish(Type.Array(ToolCallWire, { maxItems: 128 })),
  tool_call_id: wish(Type.String({ maxLength: 256 })),
})
export type MessageWire = Type.Static<typeof Message>

const Tool = Type.Object({
  type: Type.String(),
  function: Type.Optional(
    Type.Object({
      name: Type.String({ pattern: '^[a-zA-Z0-9_-]{1,64}$' }),
      description: wish(Type.String()),
      parameters: wish(Type.Record(Type.String(), Type.Unknown())),
    }),
  ),
})

const ToolChoice = Type.Union([
  Type.Enum(['auto', 'none', 'required']),
  Type.Object({ type: Type.String(), function: Type.Object({ name: Type.String() }) }),
])

export const CompletionBody = Type.Object({
  messages: Type.Array(Message, { minItems: 1, maxItems: 4096 }),
  model: wish(Type.String({ maxLength: 512 })),
  stream: wish(Type.Boolean()),
  stream_options: wish(Type.Object({ include_usage: wish(Type.Boolean()) })),
  n: wish(Type.Integer({ minimum: 1, maximum: 1 })),
  max_tokens: wish(Type.Integer({ minimum: 1 })),
  max_completion_tokens: wish(Type.Integer({ minimum: 1 })),
  temperature: wish(Type.Number({ minimum: 0, maximum: 2 })),
  top_p: wish(Type.Number({ minimum: 0, maximum: 1 })),
  stop: wish(Type.Union([Type.String(), Type.Array(Type.String(), { maxItems: 16 })])),
  tools: wish(Type.Array(Tool, { maxItems: 128 })),
  tool_choice: wish(ToolChoice),
})
export type CompletionBody = Type.Static<typeof CompletionBody>

export const CompletionHeaders = Type.Object({
  'gram-chat-id': Type.Optional(ChatId),
  'gram-skip-capture': Type.Optional(Type.String()),
})

export const TurnStreamQuery = Type.Object({
  chat_id: ChatId,
  after: Type.Optional(
    Type.String({ pattern: '^(\\d{1,9}(\\.\\d{1,9})?)?$', description: 'The cursor of a frame; empty for none.' }),
  ),
})

const CitationWire = Type.Object({
  n: Type.Integer(),
  title: Type.String(),
  heading: Type.String(),
  source: Type.String(),
  url: Type.Optional(Type.String()),
  passage: Type.Optional(Type.String()),
})

const UsageWire = Type.Object({
  prompt_tokens: Type.Integer(),
  completion_tokens: Type.Integer(),
  total_tokens: Type.Integer(),
})

export const CompletionAnswer = Type.Object({
  id: Type.String(),
  object: Type.Literal('chat.completion'),
  created: Type.Integer(),
  model: Type.String(),
  choices: Type.Array(
    Type.Object({
      index: Type.Integer(),
      message: Type.Object({
        role: Type.Literal('assistant'),
        content: Type.Union([Type.String(), Type.Null()]),
        refusal: Type.Null(),
        tool_calls: Type.Optional(Type.Array(ToolCallWire)),
        citations: Type.Array(CitationWire),
      }),
      logprobs: Type.Null(),
      finish_reason: Type.Enum(['stop', 'length', 'tool_calls']),
    }),
  ),
  usage: UsageWire,
  citations: Type.Array(CitationWire),
})
export type CompletionAnswer = Type.Static<typeof CompletionAnswer>

export const ListQuery = Type.Object({
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 50 }),
  offset: Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 }),
})

const seq = Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }))

export const LoadQuery = Type.Object({
  id: ChatId,
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  before_seq: seq,
  after_seq: seq,
})

export const TitleBody = Type.Object({
  id: ChatId,
  title: Type.Optional(
    Type.String({ maxLength: 200, description: 'A title of one’s own; an empty one asks for ours again.' }),
  ),
})

export const FeedbackBody = Type.Object({ id: ChatId, feedback: Type.Enum(['success', 'failure']) })

const overview = {
  id: Type.String(),
  title: Type.String(),
  external_user_id: Type.Optional(Type.String()),
  num_messages: Type.Integer(),
  created_at: Type.String(),
  updated_at: Type.String(),
}

export const ChatList = Type.Object({ chats: Type.Array(Type.Object(overview)), total: Type.Integer() })

export const ChatWithMessages = Type.Object({
  ...overview,
  messages: Type.Array(
    Type.Object({
      id: Type.String(),
      seq: Type.Integer(),
      role: Type.Enum(['user', 'assistant', 'tool']),
      content: Type.String(),
      model: Type.String(),
      created_at: Type.String(),
      tool_calls: Type.Optional(Type.String({ description: 'JSON: the calls in OpenAI’s shape.' })),
      tool_call_id: Type.Optional(Type.String()),
      finish_reason: Type.Optional(Type.String()),
      citations: Type.Optional(Type.Array(CitationWire)),
    }),
  ),
  has_more_before: Type.Boolean(),
  has_more_after: Type.Boolean(),
})

export const Title = Type.Object({ title: Type.String() })
export const Success = Type.Object({ success: Type.Boolean() })
