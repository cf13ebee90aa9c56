import type { Agent, Avatar, Brain, Provenance, Voice } from './agent.ts'

/** A window on a list: how many to skip, how many to take. */
export interface Page {
  offset: number
  limit: number
}

export interface Paged<T> {
  items: T[]
  total: number
}

/** Which of the things an account may see: all, the installation's own, or its own. */
export type Visibility = 'all' | 'public' | 'private'

/** Which of the things a list shows; what is absent does not restrict. */
export type PartFilter = Pick<Provenance, 'madeAs'> & { client?: string }

/** One kind of thing in the store. Lists come newest first and leave archived ones out; `find` still finds those. */
export interface Shelf<T> {
  insert(item: T): Promise<void>
  find(id: string): Promise<T | null>
  list(accountId: string, visibility: Visibility, page: Page, filter?: PartFilter): Promise<Paged<T>>
  /** Overwrites an account's own thing by its id, all but its birth; false when it is unknown, public, archived or of another account. */
  update(item: T): Promise<boolean>
  /** Hides the thing for good; false when it is unknown, public or of another account. */
  archive(accountId: string, id: string, at: number): Promise<boolean>
}

/** Agents belong to a project each, and some are chosen by it. */
export interface AgentShelf extends Shelf<Agent> {
  /** The project's newest agent that is not archived: the last by `createdAt`, of those made at once the one with the highest id. */
  findNewest(projectId: string): Promise<Agent | null>
}

/** What an agent was used for (contracts B30). */
export interface AgentUsage {
  totalSessions: number
  totalMessages: number
  lastUsedAt: number | null
}

/** An image a customer gave for a look, as it came. */
export interface Picture {
  /** The media type, such as `image/png`. */
  type: string
  bytes: Uint8Array
}

/** One picture for each avatar that has one, by the avatar's id. Every promise resolves after the change is durable. */
export interface PictureStore {
  /** Stores the avatar's picture, in place of the one it had. */
  putPicture(avatarId: string, picture: Picture): Promise<void>
  findPicture(avatarId: string): Promise<Picture | null>
}

/** Agents and what they are made of. Every promise resolves after the change is durable. */
export interface AgentStore {
  agents: AgentShelf
  avatars: Shelf<Avatar>
  voices: Shelf<Voice>
  brains: Shelf<Brain>
  /**
   * One for each id, in order; zeros for an agent nobody used. The sums are moved in the transactions that store a session
   * and a visitor's message.
   */
  readUsage(agentIds: readonly string[]): Promise<AgentUsage[]>
  pictures: PictureStore
}
