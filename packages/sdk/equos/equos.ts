import { Configuration } from '../fetch-client/configuration.ts'
import type * as wire from '../types/index.ts'
import type { CreatedEquosWireSession, EquosWireSession } from './models.ts'
import { WireCaller } from './wire-caller.ts'

export interface EquosOptions {
  /** Where Parlor is reached, such as `https://parlor.example`. */
  endpoint?: string
  /** The first part of every path, `v1` unless said. What the widget wire owns under `/v1` is asked for under `/v3` (X1). */
  version?: string
}

interface Resource<Create, Update, One, List> {
  create(data: Create): Promise<One>
  /** What to leave out comes first: 0; then how many: 10. */
  list(skip?: number, take?: number, client?: string): Promise<List>
  get(id: string): Promise<One | null>
  update(id: string, data: Update): Promise<One>
  delete(id: string): Promise<One | null>
}

export type EquosAgents = Resource<
  wire.CreateAgentV3Request,
  Omit<wire.UpdateAgentV3Request, 'id'>,
  wire.RoomAgent,
  wire.ListAgentsV3Answer
>
export type EquosAvatars = Resource<
  wire.CreateAvatarV3Request,
  Omit<wire.UpdateAvatarV3Request, 'id'>,
  wire.RoomAvatar,
  wire.ListAvatarsV3Answer
>
export type EquosKnowledgeBases = Omit<
  Resource<wire.CreateKnowledgeBaseV3Request, never, wire.RoomKnowledgeBase, wire.ListKnowledgeBasesV3Answer>,
  'update'
>

/** Sessions with their times as text, as the wire has them. */
export interface EquosSessions {
  create(data: wire.CreateAvatarSessionV3Request): Promise<CreatedEquosWireSession>
  get(id: string): Promise<EquosWireSession>
  /** What to leave out comes first: 0; then how many: 10. */
  list(
    skip?: number,
    take?: number,
    client?: string,
  ): Promise<{ skip: number; take: number; total: number; sessions: EquosWireSession[] }>
  /** Null when it is over already, or unknown. */
  stop(id: string): Promise<EquosWireSession | null>
}

/**
 * The avatar wire as the older generation of clients has it (contracts 2.7). Methods reject with `EquosError`.
 * @example
 * const equos = Equos.client(process.env.EQUOS_API_KEY ?? '', { endpoint: 'https://parlor.example' })
 * const { session, consumerAccessToken } = await equos.sessions.create({ name: 'A visit', avatar: { id }, consumerIdentity })
 */
export class Equos {
  readonly sessions: EquosSessions
  readonly agents: EquosAgents
  readonly avatars: EquosAvatars
  readonly knowledgeBases: EquosKnowledgeBases

  private constructor(caller: WireCaller, version: string) {
    const under = version === 'v1' ? 'v3' : version
    this.sessions = sessionsOf(caller, `/${version}/sessions`)
    this.agents = resourceOf(caller, `/${version}/agents`)
    this.avatars = resourceOf(caller, `/${under}/avatars`)
    this.knowledgeBases = resourceOf(caller, `/${under}/knowledge-bases`)
  }

  static client(apiKey: string, { endpoint, version = 'v1' }: EquosOptions = {}): Equos {
    return new Equos(new WireCaller(new Configuration({ apiKey, basePath: endpoint })), version)
  }
}

function sessionsOf(caller: WireCaller, path: string): EquosSessions {
  return {
    create: (body) => caller.call({ method: 'POST', path, body }),
    get: (id) => caller.call({ method: 'GET', path: `${path}/${encodeURIComponent(id)}` }),
    list: (skip = 0, take = 10, client = undefined) =>
      caller.call({ method: 'GET', path, query: { skip, take, client } }),
    stop: (id) => caller.call({ method: 'PATCH', path: `${path}/${encodeURIComponent(id)}/stop`, body: {} }),
  }
}

function resourceOf<Create, Update, One, List>(caller: WireCaller, path: string): Resource<Create, Update, One, List> {
  const one = (id: string) => `${path}/${encodeURIComponent(id)}`
  return {
    create: (body) => caller.call({ method: 'POST', path, body }),
    list: (skip = 0, take = 10, client = undefined) =>
      caller.call({ method: 'GET', path, query: { skip, take, client } }),
    get: (id) => caller.call({ method: 'GET', path: one(id) }),
    update: (id, body) => caller.call({ method: 'PUT', path: one(id), body }),
    delete: (id) => caller.call({ method: 'DELETE', path: one(id) }),
  }
}
