import { type CallOptions, health, ParlorCore, type ParlorOptions, unwrap } from '../functions/index.ts'
import type { Health } from '../types/index.ts'
import { Keys, Projects, Requests } from './account.ts'
import { Agents, Avatars, Brains, Models, Voices } from './catalogue.ts'
import { fromEnvironment } from './environment.ts'
import { KnowledgeBases } from './knowledge.ts'
import { Operator } from './operator.ts'
import { AvatarSessions, ChatSessions, SessionPasses, WidgetSessions } from './sessions.ts'

/** What `Parlor` is made with; what is left out comes from the environment. */
export interface ParlorClientOptions extends Omit<ParlorOptions, 'baseUrl'> {
  /** Where Parlor is reached, such as `https://parlor.example`; `PARLOR_BASE_URL` unless given. A path in it is kept. */
  baseUrl?: string | undefined
}

/**
 * Parlor's HTTP interface, for backends. Without `baseUrl` and `apiKey` it takes `PARLOR_BASE_URL` and `PARLOR_API_KEY` from the
 * environment. Every method rejects with `ParlorRequestError` for an answer that is none or a refusal, and with `NoAnswerError` where
 * no whole answer came.
 * @throws TypeError where there is no address or no key, saying what to set.
 * @example
 * const parlor = new Parlor({ baseUrl: 'https://parlor.example', apiKey: 'YOUR_KEY' })
 * const { session_token } = await parlor.widgetSessions.create({ agentic_avatar_id: agentId })
 */
export class Parlor extends ParlorCore {
  /** Sessions of a widget in a page. */
  readonly widgetSessions: WidgetSessions = new WidgetSessions(this)
  /** Tokens for a chat interface of your own. */
  readonly chatSessions: ChatSessions = new ChatSessions(this)
  /** Avatars in media rooms. */
  readonly avatarSessions: AvatarSessions = new AvatarSessions(this)
  /** Avatar sessions made with a publishable key. */
  readonly sessionPasses: SessionPasses = new SessionPasses(this)
  /** Who speaks in widget and chat sessions. */
  readonly agents: Agents = new Agents(this)
  /** Faces. */
  readonly avatars: Avatars = new Avatars(this)
  /** How agents sound. */
  readonly voices: Voices = new Voices(this)
  /** What agents answer with. */
  readonly brains: Brains = new Brains(this)
  /** Language models a brain can name. */
  readonly models: Models = new Models(this)
  /** What agents answer from. */
  readonly knowledgeBases: KnowledgeBases = new KnowledgeBases(this)
  /** API keys of your account. */
  readonly keys: Keys = new Keys(this)
  /** Parts of your account. */
  readonly projects: Projects = new Projects(this)
  /** What your keys have asked lately. */
  readonly requests: Requests = new Requests(this)
  /** What operators do. */
  readonly operator: Operator = new Operator(this)

  constructor(options: ParlorClientOptions = {}) {
    const baseUrl = options.baseUrl ?? fromEnvironment('PARLOR_BASE_URL')
    const apiKey = options.apiKey ?? fromEnvironment('PARLOR_API_KEY')
    if (baseUrl === undefined)
      throw new TypeError('Where is Parlor? Set PARLOR_BASE_URL, or give baseUrl, such as https://parlor.example.')
    if (apiKey === undefined && options.operatorSession === undefined)
      throw new TypeError('There is no key. Set PARLOR_API_KEY, or give apiKey; `parlor keys create` makes one.')
    super({ ...options, baseUrl, apiKey })
  }

  /** How the server is; one that cannot work rejects with a `ParlorRequestError` of status 503 whose `body` says why. */
  health(options?: CallOptions): Promise<Health> {
    return unwrap(health(this, {}, options))
  }
}
