import {
  type CallOptions,
  createAgenticAvatar,
  createBrain,
  deleteAgenticAvatar,
  deleteAvatar,
  deleteBrain,
  getAgenticAvatar,
  getAvatar,
  getBrain,
  getVoice,
  listAgenticAvatars,
  listAvatars,
  listBrains,
  listLlms,
  listVoices,
  type ParlorCore,
  unwrap,
} from '../functions/index.ts'
import type {
  Agent,
  Avatar,
  Brain,
  CreateAgenticAvatarAnswer,
  CreateAgenticAvatarRequest,
  CreateBrainAnswer,
  CreateBrainRequest,
  DeleteAgenticAvatarAnswer,
  DeleteAvatarAnswer,
  DeleteBrainAnswer,
  GetAgenticAvatarAnswer,
  GetAvatarAnswer,
  GetBrainAnswer,
  GetVoiceAnswer,
  ListAgenticAvatarsAnswer,
  ListAgenticAvatarsRequest,
  ListAvatarsAnswer,
  ListAvatarsRequest,
  ListBrainsAnswer,
  ListBrainsRequest,
  ListLlmsAnswer,
  ListVoicesAnswer,
  ListVoicesRequest,
  Voice,
} from '../types/index.ts'
import { byPage, type Listing, listing } from './listing.ts'

/** Who speaks in widget and chat sessions: an avatar, a voice and a brain together. */
export class Agents {
  readonly #core: ParlorCore

  constructor(core: ParlorCore) {
    this.#core = core
  }

  /** Puts an avatar, a voice and a brain together. */
  create(request: CreateAgenticAvatarRequest, options?: CallOptions): Promise<CreateAgenticAvatarAnswer> {
    return unwrap(createAgenticAvatar(this.#core, request, options))
  }

  /** Your agents, newest first. */
  list(query: ListAgenticAvatarsRequest = {}, options?: CallOptions): Listing<ListAgenticAvatarsAnswer, Agent> {
    return listing(
      (asked: ListAgenticAvatarsRequest, how) => listAgenticAvatars(this.#core, asked, how),
      byPage<ListAgenticAvatarsAnswer>(),
      query,
      options,
    )
  }

  /** One of them. */
  get(id: string, options?: CallOptions): Promise<GetAgenticAvatarAnswer> {
    return unwrap(getAgenticAvatar(this.#core, { id }, options))
  }

  /** Takes it away; its open sessions end. */
  delete(id: string, options?: CallOptions): Promise<DeleteAgenticAvatarAnswer> {
    return unwrap(deleteAgenticAvatar(this.#core, { id }, options))
  }
}

/** Faces. */
export class Avatars {
  readonly #core: ParlorCore

  constructor(core: ParlorCore) {
    this.#core = core
  }

  /** Those you may use. */
  list(query: ListAvatarsRequest = {}, options?: CallOptions): Listing<ListAvatarsAnswer, Avatar> {
    return listing(
      (asked: ListAvatarsRequest, how) => listAvatars(this.#core, asked, how),
      byPage<ListAvatarsAnswer>(),
      query,
      options,
    )
  }

  /** One of them. */
  get(id: string, options?: CallOptions): Promise<GetAvatarAnswer> {
    return unwrap(getAvatar(this.#core, { id }, options))
  }

  /** Takes away one of your own. */
  delete(id: string, options?: CallOptions): Promise<DeleteAvatarAnswer> {
    return unwrap(deleteAvatar(this.#core, { id }, options))
  }
}

/** How agents sound. */
export class Voices {
  readonly #core: ParlorCore

  constructor(core: ParlorCore) {
    this.#core = core
  }

  /** Those you may use. */
  list(query: ListVoicesRequest = {}, options?: CallOptions): Listing<ListVoicesAnswer, Voice> {
    return listing(
      (asked: ListVoicesRequest, how) => listVoices(this.#core, asked, how),
      byPage<ListVoicesAnswer>(),
      query,
      options,
    )
  }

  /** One of them. */
  get(id: string, options?: CallOptions): Promise<GetVoiceAnswer> {
    return unwrap(getVoice(this.#core, { id }, options))
  }
}

/** What agents answer with: a prompt, a model and a knowledge base. */
export class Brains {
  readonly #core: ParlorCore

  constructor(core: ParlorCore) {
    this.#core = core
  }

  /** Makes one. */
  create(request: CreateBrainRequest, options?: CallOptions): Promise<CreateBrainAnswer> {
    return unwrap(createBrain(this.#core, request, options))
  }

  /** Those you may use. */
  list(query: ListBrainsRequest = {}, options?: CallOptions): Listing<ListBrainsAnswer, Brain> {
    return listing(
      (asked: ListBrainsRequest, how) => listBrains(this.#core, asked, how),
      byPage<ListBrainsAnswer>(),
      query,
      options,
    )
  }

  /** One of them. */
  get(id: string, options?: CallOptions): Promise<GetBrainAnswer> {
    return unwrap(getBrain(this.#core, { id }, options))
  }

  /** Takes away one of your own. */
  delete(id: string, options?: CallOptions): Promise<DeleteBrainAnswer> {
    return unwrap(deleteBrain(this.#core, { id }, options))
  }
}

/** Language models a brain can name. */
export class Models {
  readonly #core: ParlorCore

  constructor(core: ParlorCore) {
    this.#core = core
  }

  /** All of them. */
  list(options?: CallOptions): Promise<ListLlmsAnswer> {
    return unwrap(listLlms(this.#core, {}, options))
  }
}
