import { Configuration } from '../fetch-client/configuration.ts'
import * as apis from './apis.ts'

export interface EquosClientOptions {
  /** Where Parlor is reached, such as `https://parlor.example`. A path in it is kept. */
  endpoint?: string
  /** Ours: a client key, for `sessionPasses` (E12). */
  clientKey?: string
}

/**
 * Every API of the avatar wire under one secret key.
 * @example
 * const equos = EquosClient.create(process.env.EQUOS_API_KEY ?? '', { endpoint: 'https://parlor.example' })
 * const session = await equos.sessions.sessionsControllerStopV3({ id })
 */
export class EquosClient {
  readonly agents: apis.AgentsApi
  readonly avatars: apis.AvatarsApi
  readonly brains: apis.BrainsApi
  readonly characters: apis.CharactersApi
  readonly faces: apis.FacesApi
  readonly health: apis.HealthApi
  readonly knowledgeBases: apis.KnowledgeBasesApi
  readonly limits: apis.LimitsApi
  readonly sessionPasses: apis.SessionPassesApi
  readonly sessions: apis.SessionsApi
  readonly voices: apis.VoicesApi
  readonly #configuration: Configuration

  private constructor(configuration: Configuration) {
    this.#configuration = configuration
    this.agents = new apis.AgentsApi(configuration)
    this.avatars = new apis.AvatarsApi(configuration)
    this.brains = new apis.BrainsApi(configuration)
    this.characters = new apis.CharactersApi(configuration)
    this.faces = new apis.FacesApi(configuration)
    this.health = new apis.HealthApi(configuration)
    this.knowledgeBases = new apis.KnowledgeBasesApi(configuration)
    this.limits = new apis.LimitsApi(configuration)
    this.sessionPasses = new apis.SessionPassesApi(configuration)
    this.sessions = new apis.SessionsApi(configuration)
    this.voices = new apis.VoicesApi(configuration)
  }

  static create(apiKey: string, { endpoint, clientKey }: EquosClientOptions = {}): EquosClient {
    return new EquosClient(new Configuration({ apiKey, basePath: endpoint, accessToken: clientKey }))
  }

  getBasePath(): string {
    return this.#configuration.basePath
  }
}
