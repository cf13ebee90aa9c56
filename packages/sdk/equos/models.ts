import type * as wire from '../types/index.ts'

type DateKey = 'startedAt' | 'endedAt' | 'createdAt' | 'updatedAt'
/** What callers put in and what was said is never looked into. */
type OpaqueKey = 'templateVars' | 'transcript'

type Value<K, V> = K extends DateKey ? Date : K extends OpaqueKey ? V : Read<V>

/** What came, as the methods give it: its four times are dates, and what is null is absent (contracts 2.2). */
export type Read<T> = T extends readonly (infer Item)[]
  ? Read<Item>[]
  : T extends object
    ? Flat<
        { [K in keyof T as null extends T[K] ? never : K]: Value<K, T[K]> } & {
          [K in keyof T as null extends T[K] ? K : never]?: Value<K, NonNullable<T[K]>>
        }
      >
    : T

type Flat<T> = { [K in keyof T]: T[K] }

/** A participant of a media room. */
export interface EquosParticipantIdentity {
  identity: string
  name: string
}

/** Who answers, and with which voice. */
export interface EquosAgent extends Read<wire.RoomAgent> {}
/** Who appears, under which identity. */
export interface EquosAvatar extends Read<wire.RoomAvatar> {}
/** What a character thinks with. */
export interface EquosBrain extends Read<wire.RoomBrain> {}
/** What a character looks like. */
export interface EquosFace extends Read<wire.RoomFace> {}
/** What a character sounds like. */
export interface EquosVoice extends Read<wire.RoomVoice> {}
/** A face, a voice and a brain under one name. */
export interface EquosCharacter extends Read<wire.RoomCharacter> {}
/** A document of a knowledge base; `size` is in bytes. */
export interface EquosDocument extends Read<wire.RoomDocument> {}
/** What answers are taken from. */
export interface EquosKnowledgeBase extends Read<wire.RoomKnowledgeBase> {}
/** How many sessions at once, and how many seconds each. */
export interface EquosLimits extends Read<NonNullable<wire.GetLimitsV3Answer>> {}
export type EquosHealth = wire.HealthV3Answer

/** A session; `endedAt` is absent while it runs. */
export interface EquosSession extends Omit<Read<wire.AvatarSession>, 'avatar'> {
  avatar: EquosAvatar
}

/** A new session, and tokens for those who were named in the request. */
export interface CreateEquosSessionResponse {
  session: EquosSession
  /** A LiveKit token, where `consumerIdentity` was given. */
  consumerAccessToken?: string
  /** A LiveKit token, where `remoteAgentConnectingIdentity` was given. */
  remoteAgentAccessToken?: string
}

export interface ListEquosSessionsResponse {
  skip: number
  take: number
  total: number
  sessions: EquosSession[]
}

/** A session as the older generations have it: its times are text, and null is null. */
export interface EquosWireSession extends Omit<wire.AvatarSession, 'avatar'> {
  avatar: wire.RoomAvatar
}

/** A new session as the older generations have it. */
export interface CreatedEquosWireSession {
  session: EquosWireSession
  /** A LiveKit token, where `consumerIdentity` was given. */
  consumerAccessToken?: string
  /** A LiveKit token, where `remoteAgentConnectingIdentity` was given. */
  remoteAgentAccessToken?: string
}

/** A session a page started. */
export interface StartedEquosSession {
  session: EquosWireSession
  /** A LiveKit token for the visitor. */
  consumerAccessToken: string
}

// What is sent is what the caller gave: the wire's own types.
export type CreateEquosSessionRequest = wire.CreateAvatarSessionV3Request
export type CreateSessionPassRequest = wire.StartSessionPassV3Request
export type CreateEquosAgentRequest = wire.CreateAgentV3Request
export type UpdateEquosAgentRequest = Omit<wire.UpdateAgentV3Request, 'id'>
export type CreateEquosAvatarRequest = wire.CreateAvatarV3Request
export type UpdateEquosAvatarRequest = Omit<wire.UpdateAvatarV3Request, 'id'>
export type CreateEquosBrainRequest = wire.CreateBrainV3Request
export type CreateEquosFaceRequest = wire.CreateFaceV3Request
export type CreateEquosVoiceRequest = wire.CreateVoiceV3Request
export type CreateEquosCharacterRequest = wire.CreateCharacterV3Request
export type UpdateEquosCharacterRequest = Omit<wire.UpdateCharacterV3Request, 'id'>
export type CreateEquosKnowledgeBaseRequest = wire.CreateKnowledgeBaseV3Request
export type CreateEquosDocumentRequest = Omit<wire.AddDocumentV3Request, 'id'>

export const EquosAgentProviderEnum = { Openai: 'openai', Gemini: 'gemini', Elevenlabs: 'elevenlabs' } as const
export type EquosAgentProviderEnum = (typeof EquosAgentProviderEnum)[keyof typeof EquosAgentProviderEnum]
export const CreateEquosAgentRequestProviderEnum = EquosAgentProviderEnum
export type CreateEquosAgentRequestProviderEnum = EquosAgentProviderEnum
export const CreateEquosFaceRequestIdentityEnum = { Byron: 'byron', Emily: 'emily' } as const
export type CreateEquosFaceRequestIdentityEnum =
  (typeof CreateEquosFaceRequestIdentityEnum)[keyof typeof CreateEquosFaceRequestIdentityEnum]
export const EquosFaceStatusEnum = { Processing: 'processing', Ready: 'ready', Error: 'error' } as const
export type EquosFaceStatusEnum = (typeof EquosFaceStatusEnum)[keyof typeof EquosFaceStatusEnum]
