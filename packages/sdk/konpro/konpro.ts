import { Configuration } from '../fetch-client/configuration.ts'
import { type Fault, readFault } from '../fetch-client/errors.ts'
import type { ResponseContext } from '../fetch-client/request-types.ts'
import {
  AgenticAvatarsApi,
  APIKeysApi,
  AvatarsApi,
  BrainsApi,
  KnowledgeBasesApi,
  LLMSApi,
  VoicesApi,
  WidgetApi,
} from './apis.ts'

/** An answer other than 2xx, from {@link KonPro} and {@link KonProSDK}. */
export class KonProError extends Error {
  override name = 'KonProError'
  /** The HTTP status. */
  readonly status: number
  /** The wire's code; `HTTP_<status>` when the body had none. */
  readonly code: string
  readonly requestId: string | undefined
  /** The body as it came, from {@link KonProSDK}. */
  readonly data: unknown

  constructor({ status, code, message, requestId }: Fault, data?: unknown) {
    super(message)
    this.status = status
    this.code = code
    this.requestId = requestId
    this.data = data
  }
}

export interface KonProOptions {
  /** A secret key. It belongs on a backend. */
  apiKey: string
  basePath?: string
}

/**
 * Every API of the widget wire under one key; each is made when it is first used. Methods reject with {@link KonProError}.
 * @example
 * const konpro = new KonPro({ apiKey: process.env.KONPRO_API_KEY ?? '', basePath: 'https://parlor.example' })
 * const { data } = await konpro.widget.createWidgetSession({ widgetSessionCreate: { agenticAvatarId } })
 */
export class KonPro {
  readonly #configuration: Configuration
  readonly #made = new Map<unknown, unknown>()

  constructor({ apiKey, basePath }: KonProOptions) {
    this.#configuration = new Configuration({ apiKey, basePath, middleware: [{ post: refuse }] })
  }

  get apiKeys(): APIKeysApi {
    return this.#api(APIKeysApi)
  }

  get agenticAvatars(): AgenticAvatarsApi {
    return this.#api(AgenticAvatarsApi)
  }

  get avatars(): AvatarsApi {
    return this.#api(AvatarsApi)
  }

  get brains(): BrainsApi {
    return this.#api(BrainsApi)
  }

  get knowledgeBases(): KnowledgeBasesApi {
    return this.#api(KnowledgeBasesApi)
  }

  get llms(): LLMSApi {
    return this.#api(LLMSApi)
  }

  get voices(): VoicesApi {
    return this.#api(VoicesApi)
  }

  get widget(): WidgetApi {
    return this.#api(WidgetApi)
  }

  #api<T>(made: new (configuration: Configuration) => T): T {
    const api = this.#made.get(made) ?? new made(this.#configuration)
    this.#made.set(made, api)
    // Kept under the class that made it.
    return api as T
  }
}

async function refuse({ response }: ResponseContext): Promise<void> {
  if (!response.ok) throw new KonProError(await readFault(response))
}
