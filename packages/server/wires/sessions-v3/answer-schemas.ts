import Type from 'typebox'

/** What this wire answers for its neighbouring resources (contracts 2.4), for the interface description. */
const text = Type.String()
const flag = Type.Boolean()
const when = Type.String({ description: 'ISO 8601, UTC' })
const optionalText = Type.Optional(text)
export const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const client = Type.Optional(nullable(text))
const owned = { id: text, organizationId: text }
const times = { createdAt: when, updatedAt: when }

export const AgentAnswer = Type.Object({
  ...owned,
  provider: text,
  name: optionalText,
  client,
  model: optionalText,
  voice: optionalText,
  instructions: optionalText,
  greetingMsg: optionalText,
  remoteId: optionalText,
  search: flag,
  emotions: flag,
  memory: flag,
  ...times,
})

export const AvatarAnswer = Type.Object({
  ...owned,
  identity: text,
  name: text,
  description: text,
  thumbnailUrl: Type.String({ description: 'Where its picture is; empty without one.' }),
  agentId: client,
  client,
  agent: Type.Optional(AgentAnswer),
  ...times,
})

export const BrainAnswer = Type.Object({
  ...owned,
  name: text,
  instructions: text,
  greetingMessage: text,
  model: text,
  client,
  ...times,
})

const pictureOrNone = nullable(text)
export const FaceAnswer = Type.Object({
  ...owned,
  identity: text,
  status: Type.String({ description: 'processing, ready or error; a drawn face is ready at once' }),
  description: nullable(text),
  thumbnailUrl: pictureOrNone,
  thumbnailNoBgUrl: pictureOrNone,
  referenceImgUrl: pictureOrNone,
  referenceImgNoBgUrl: pictureOrNone,
  videoUrl: pictureOrNone,
  client,
  ...times,
})

export const VoiceAnswer = Type.Object({
  ...owned,
  name: text,
  description: text,
  sampleUrl: text,
  voiceId: text,
  client,
  ...times,
})

export const DocumentAnswer = Type.Object({
  id: text,
  knowledgeBaseId: text,
  name: text,
  description: text,
  size: Type.Integer({ description: 'bytes' }),
  status: Type.String({ description: 'pending, ready or error' }),
  reason: Type.Optional(Type.String({ description: 'why it is in error' })),
  ...times,
})

export const KnowledgeBaseAnswer = Type.Object({
  ...owned,
  name: text,
  description: text,
  client,
  documents: Type.Array(DocumentAnswer),
  ...times,
})

export const UploadAnswer = Type.Object({
  document: DocumentAnswer,
  uploadUrl: Type.String({ description: 'Where the bytes are to be PUT. No credential but itself.' }),
  expireAt: when,
})

const idOrNone = nullable(text)
export const CharacterAnswer = Type.Object({
  ...owned,
  name: text,
  livekitIdentity: text,
  client,
  faceId: idOrNone,
  voiceId: idOrNone,
  brainId: idOrNone,
  knowledgeBaseId: idOrNone,
  elevenlabsAgentId: idOrNone,
  search: flag,
  face: nullable(FaceAnswer),
  voice: nullable(VoiceAnswer),
  brain: nullable(BrainAnswer),
  knowledgeBase: nullable(KnowledgeBaseAnswer),
  ...times,
})
