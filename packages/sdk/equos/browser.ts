import { Configuration } from '../fetch-client/configuration.ts'
import type * as wire from '../types/index.ts'
import { EquosError } from './equos-error.ts'
import type { EquosWireSession, StartedEquosSession } from './models.ts'
import { WireCaller } from './wire-caller.ts'

export interface EquosBrowserOptions {
  /** Where Parlor is reached, such as `https://parlor.example`. */
  endpoint?: string
  /** The first part of every path, `v1` unless said; `v3` answers the same. */
  version?: string
}

/** A meeting a page can start by its id. */
export interface EquosTrigger {
  id: string
  name: string
  agentId: string
  avatarId: string
  /** Seconds. */
  maxDuration?: number
}

export interface EquosBrowserEvents {
  registered: { trigger: EquosTrigger }
  unregistered: { trigger: EquosTrigger }
  started: { trigger: EquosTrigger; answer: StartedEquosSession }
  ended: { trigger: EquosTrigger; session: EquosWireSession }
  error: { trigger: EquosTrigger; error: unknown }
}

/** A pass without what the profile knows. */
export type NewSessionPass = Omit<wire.StartSessionPassV3Request, 'consumerIdentity'> &
  Partial<Pick<wire.StartSessionPassV3Request, 'consumerIdentity'>>

type Handlers = { [K in keyof EquosBrowserEvents]: Set<(event: EquosBrowserEvents[K]) => void> }

/** The avatar wire from a page: holds a client key, and who the visitor is. */
export class EquosBrowser {
  readonly sessions: {
    /** Starts a session; rejects with `EquosError` after two attempts. Both bear one Idempotency-Key, so they make one session. */
    start(data: NewSessionPass): Promise<StartedEquosSession>
    /** Null when it is over already, or was not started with this key. */
    stop(id: string): Promise<EquosWireSession | null>
  }
  readonly profile: { name: string; identity: string; client?: string; preferredLanguage?: string } = {
    name: 'Guest',
    identity: 'guest',
  }
  readonly #triggers = new Map<string, EquosTrigger>()
  readonly #handlers: Handlers = {
    registered: new Set(),
    unregistered: new Set(),
    started: new Set(),
    ended: new Set(),
    error: new Set(),
  }
  #running: { trigger: EquosTrigger; id: string } | null = null

  constructor(clientKey: string, { endpoint, version = 'v1' }: EquosBrowserOptions = {}) {
    const caller = new WireCaller(new Configuration({ accessToken: clientKey, basePath: endpoint }))
    const path = `/${version}/session-passes`
    this.sessions = {
      start: (data) => {
        const body = { ...this.#visitor(), ...data }
        const headers = { 'Idempotency-Key': newKey() }
        return twice(() => caller.call({ method: 'POST', path, body, headers }))
      },
      stop: (id) =>
        twice(() => caller.call({ method: 'PATCH', path: `${path}/${encodeURIComponent(id)}/stop`, body: {} })),
    }
  }

  /** The name others in the room see. */
  setUser(name: string): void {
    this.profile.name = name
  }

  /** Your own id for the customer, by which sessions can be listed. */
  setClient(client: string): void {
    this.profile.client = client
  }

  /** The visitor's identity in the room. */
  setIdentity(identity: string): void {
    this.profile.identity = identity
  }

  /** Kept in `profile` for the page; the wire has no place for it. */
  setPreferredLanguage(language: string): void {
    this.profile.preferredLanguage = language
  }

  on<K extends keyof EquosBrowserEvents>(event: K, handler: (event: EquosBrowserEvents[K]) => void): void {
    this.#handlers[event].add(handler)
  }

  off<K extends keyof EquosBrowserEvents>(event: K, handler: (event: EquosBrowserEvents[K]) => void): void {
    this.#handlers[event].delete(handler)
  }

  register(trigger: EquosTrigger): void {
    this.#triggers.set(trigger.id, trigger)
    this.#tell('registered', { trigger })
  }

  unregister(triggerId: string): void {
    const trigger = this.#triggers.get(triggerId)
    if (trigger && this.#triggers.delete(triggerId)) this.#tell('unregistered', { trigger })
  }

  /** Starts a trigger's meeting and tells `started`, or `error`; rejects besides. */
  async start(triggerId: string): Promise<StartedEquosSession> {
    const trigger = this.#triggers.get(triggerId)
    if (!trigger) throw new EquosError(`There is no trigger "${triggerId}". Register it first.`)
    const { name, agentId, avatarId, maxDuration } = trigger
    const answer = await this.#telling(trigger, () =>
      this.sessions.start({
        name,
        agent: { id: agentId },
        avatar: { id: avatarId },
        ...(maxDuration !== undefined && { maxDuration }),
      }),
    )
    this.#running = { trigger, id: answer.session.id }
    this.#tell('started', { trigger, answer })
    return answer
  }

  /** Stops what {@link start} started. When it was over already, nothing is told (contracts 2.7). */
  async stop(): Promise<EquosWireSession | null> {
    const running = this.#running
    if (running === null) return null
    const session = await this.#telling(running.trigger, () => this.sessions.stop(running.id))
    if (session === null) return null
    this.#running = null
    this.#tell('ended', { trigger: running.trigger, session })
    return session
  }

  #visitor() {
    const { name, identity, client } = this.profile
    return { consumerIdentity: { identity, name }, ...(client !== undefined && { client }) }
  }

  async #telling<T>(trigger: EquosTrigger, run: () => Promise<T>): Promise<T> {
    try {
      return await run()
    } catch (error) {
      this.#tell('error', { trigger, error })
      throw error
    }
  }

  #tell<K extends keyof EquosBrowserEvents>(event: K, told: EquosBrowserEvents[K]): void {
    for (const handler of [...this.#handlers[event]]) handler(told)
  }
}

let page: EquosBrowser | null = null

/**
 * Makes the page's one instance, or gives the one there is.
 * @example
 * const equos = initEquosBrowser('pk_live_...', { endpoint: 'https://parlor.example', version: 'v3' })
 * const { session, consumerAccessToken } = await equos.sessions.start({ name: 'A visit', avatar: { id }, agent: { id: agentId } })
 */
export function initEquosBrowser(clientKey: string, options?: EquosBrowserOptions): EquosBrowser {
  page ??= new EquosBrowser(clientKey, options)
  return page
}

/** The page's instance. @throws EquosError before `initEquosBrowser`. */
export function getEquosBrowser(): EquosBrowser {
  if (page === null) throw new EquosError('Call initEquosBrowser first.')
  return page
}

/** Two attempts, no pause between; a refusal that a second attempt cannot change is not asked again. */
async function twice<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt()
  } catch (error) {
    if (error instanceof EquosError && error.status !== undefined && error.status < 500) throw withStatus(error)
    return attempt().catch((second: unknown) => {
      throw withStatus(second)
    })
  }
}

/** Pages look for the number in the text. */
function withStatus(error: unknown): unknown {
  if (!(error instanceof EquosError) || error.response === undefined) return error
  return new EquosError(`${error.message} (${error.status})`, error.code, { response: error.response })
}

function newKey(): string {
  // Not randomUUID: a page served over plain http has none.
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
