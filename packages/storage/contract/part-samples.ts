import { randomUUID } from 'node:crypto'
import type { Agent, Avatar, Brain, Provenance, Voice } from '@parlor/core/agent'

const born = () => ({ id: randomUUID(), name: "Ada's", createdAt: 1_000, archivedAt: null })

export const agent = (accountId: string): Agent => ({
  ...born(),
  accountId,
  projectId: 'project',
  description: null,
  avatarId: 'avatar',
  voiceId: 'voice',
  brainId: 'brain',
  settings: { greeting: 'Hi "you"', personality: null, languages: ['en', 'de-CH'], maxConversationLength: 20 },
  updatedAt: 1_000,
})
export const avatar = (accountId: string | null): Avatar => ({
  ...born(),
  accountId,
  description: 'a look',
  gender: 'female',
  occupation: 'clerk',
  look: { hair: 'short', skin: '3' },
})
export const voice = (accountId: string | null): Voice => ({
  ...born(),
  accountId,
  description: null,
  gender: 'neutral',
  language: 'pt-BR',
})
export const brain = (accountId: string | null): Brain => ({
  ...born(),
  accountId,
  instructions: 'Be kind.',
  model: 'extractive',
  knowledgeBaseId: null,
  isPublic: accountId === null,
  isActive: true,
  updatedAt: 1_000,
})

/** What all kinds of parts have. */
export type Thing = {
  id: string
  accountId: string | null
  name: string
  createdAt: number
  archivedAt: number | null
} & Provenance
