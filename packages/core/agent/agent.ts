/** How a caller made a part, in its own words: Parlor acts on none of it and gives it back. */
export interface Provenance {
  /** The word of the wire it was made on, such as `face`, where that wire has lists of its own. */
  madeAs?: string
  /** The customer's own name for whom it was made; null for nobody. */
  client?: string | null
  /** What else was said of it. Plain JSON. */
  remarks?: Readonly<Record<string, unknown>>
}

/** The look: what the visitor sees. A public one has no account. */
export interface Avatar extends Provenance {
  id: string
  accountId: string | null
  name: string
  description: string | null
  gender: string
  occupation: string
  /** How the drawn face looks; see the protocol's AvatarLook. */
  look: Readonly<Record<string, string>>
  createdAt: number
  archivedAt: number | null
}

/** How it sounds. A public one has no account. */
export interface Voice extends Provenance {
  id: string
  accountId: string | null
  name: string
  description: string | null
  gender: 'male' | 'female' | 'neutral'
  /** BCP 47. */
  language: string
  createdAt: number
  archivedAt: number | null
}

/** What it knows and how it answers: instructions, model, knowledge base. */
export interface Brain extends Provenance {
  id: string
  accountId: string | null
  name: string
  /** The owner's instructions; the only text that ever counts as instructions. */
  instructions: string
  /** A model's name, or `extractive` for quotations from the documents. */
  model: string
  knowledgeBaseId: string | null
  isPublic: boolean
  isActive: boolean
  createdAt: number
  updatedAt: number
  archivedAt: number | null
}

/** Avatar, voice and brain together with the settings of the talk. */
export interface Agent extends Provenance {
  id: string
  accountId: string
  projectId: string
  name: string
  description: string | null
  avatarId: string
  voiceId: string
  brainId: string
  settings: AgentSettings
  createdAt: number
  updatedAt: number
  /** Set when it was deleted: new sessions are refused, running ones go on. */
  archivedAt: number | null
}

export interface AgentSettings {
  greeting: string | null
  personality: string | null
  /** BCP 47 codes. */
  languages: string[]
  /** Messages after which a conversation begins anew; null for never. */
  maxConversationLength: number | null
}
