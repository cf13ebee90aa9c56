import type { ArgsOf } from '../fetch-client/operations.ts'
import type * as all from './operations.ts'

// The name the generated clients have for what each operation takes.
export type AgentControllerCreateV3Request = ArgsOf<typeof all.agentOperations.agentControllerCreateV3>
export type AgentControllerListV3Request = ArgsOf<typeof all.agentOperations.agentControllerListV3>
export type AgentControllerGetByIdV3Request = ArgsOf<typeof all.agentOperations.agentControllerGetByIdV3>
export type AgentControllerUpdateV3Request = ArgsOf<typeof all.agentOperations.agentControllerUpdateV3>
export type AgentControllerArchiveV3Request = ArgsOf<typeof all.agentOperations.agentControllerArchiveV3>
export type AvatarControllerCreateV3Request = ArgsOf<typeof all.avatarOperations.avatarControllerCreateV3>
export type AvatarControllerListV3Request = ArgsOf<typeof all.avatarOperations.avatarControllerListV3>
export type AvatarControllerGetByIdV3Request = ArgsOf<typeof all.avatarOperations.avatarControllerGetByIdV3>
export type AvatarControllerUpdateV3Request = ArgsOf<typeof all.avatarOperations.avatarControllerUpdateV3>
export type AvatarControllerArchiveV3Request = ArgsOf<typeof all.avatarOperations.avatarControllerArchiveV3>
export type BrainControllerCreateV3Request = ArgsOf<typeof all.brainOperations.brainControllerCreateV3>
export type BrainControllerListV3Request = ArgsOf<typeof all.brainOperations.brainControllerListV3>
export type BrainControllerGetByIdV3Request = ArgsOf<typeof all.brainOperations.brainControllerGetByIdV3>
export type BrainControllerSoftDeleteV3Request = ArgsOf<typeof all.brainOperations.brainControllerSoftDeleteV3>
export type FaceControllerCreateV3Request = ArgsOf<typeof all.faceOperations.faceControllerCreateV3>
export type FaceControllerListV3Request = ArgsOf<typeof all.faceOperations.faceControllerListV3>
export type FaceControllerGetByIdV3Request = ArgsOf<typeof all.faceOperations.faceControllerGetByIdV3>
export type FaceControllerSoftDeleteV3Request = ArgsOf<typeof all.faceOperations.faceControllerSoftDeleteV3>
export type VoiceControllerCreateV3Request = ArgsOf<typeof all.voiceOperations.voiceControllerCreateV3>
export type VoiceControllerListV3Request = ArgsOf<typeof all.voiceOperations.voiceControllerListV3>
export type VoiceControllerGetByIdV3Request = ArgsOf<typeof all.voiceOperations.voiceControllerGetByIdV3>
export type VoiceControllerSoftDeleteV3Request = ArgsOf<typeof all.voiceOperations.voiceControllerSoftDeleteV3>
export type CharacterControllerCreateV3Request = ArgsOf<typeof all.characterOperations.characterControllerCreateV3>
export type CharacterControllerListV3Request = ArgsOf<typeof all.characterOperations.characterControllerListV3>
export type CharacterControllerGetByIdV3Request = ArgsOf<typeof all.characterOperations.characterControllerGetByIdV3>
export type CharacterControllerUpdateV3Request = ArgsOf<typeof all.characterOperations.characterControllerUpdateV3>
export type CharacterControllerSoftDeleteV3Request = ArgsOf<
  typeof all.characterOperations.characterControllerSoftDeleteV3
>
export type KnowledgeBaseControllerCreateKnowledgeBaseV3Request = ArgsOf<
  typeof all.knowledgeBaseOperations.knowledgeBaseControllerCreateKnowledgeBaseV3
>
export type KnowledgeBaseControllerListV3Request = ArgsOf<
  typeof all.knowledgeBaseOperations.knowledgeBaseControllerListV3
>
export type KnowledgeBaseControllerGetByIdV3Request = ArgsOf<
  typeof all.knowledgeBaseOperations.knowledgeBaseControllerGetByIdV3
>
export type KnowledgeBaseControllerDeleteV3Request = ArgsOf<
  typeof all.knowledgeBaseOperations.knowledgeBaseControllerDeleteV3
>
export type KnowledgeBaseControllerAddDocumentV3Request = ArgsOf<
  typeof all.knowledgeBaseOperations.knowledgeBaseControllerAddDocumentV3
>
export type KnowledgeBaseControllerIndexDocumentV3Request = ArgsOf<
  typeof all.knowledgeBaseOperations.knowledgeBaseControllerIndexDocumentV3
>
export type KnowledgeBaseControllerDeleteDocV3Request = ArgsOf<
  typeof all.knowledgeBaseOperations.knowledgeBaseControllerDeleteDocV3
>
