import {
  type CallOptions,
  createApiKey,
  createProject,
  deleteProject,
  listAccountKeys,
  listProjects,
  listRequests,
  type ParlorCore,
  revokeApiKey,
  rotateSigningKey,
  setProject,
  unwrap,
} from '../functions/index.ts'
import type {
  ApiKey,
  CreateApiKeyAnswer,
  CreateApiKeyRequest,
  CreateProjectAnswer,
  CreateProjectRequest,
  DeleteProjectAnswer,
  DeleteProjectRequest,
  ListAccountKeysAnswer,
  ListAccountKeysRequest,
  ListProjectsAnswer,
  ListProjectsRequest,
  ListRequestsAnswer,
  ListRequestsRequest,
  Project,
  RequestRecord,
  RevokeApiKeyAnswer,
  RevokeApiKeyRequest,
  RotateSigningKeyAnswer,
  RotateSigningKeyRequest,
  SetProjectAnswer,
  SetProjectRequest,
} from '../types/index.ts'
import { byPage, type Listing, listing } from './listing.ts'

/** API keys of your account. */
export class Keys {
  readonly #core: ParlorCore

  constructor(core: ParlorCore) {
    this.#core = core
  }

  /** Makes a key. `key` is in this answer and nowhere else: where the answer is lost, so is the key, and trying again is refused with 409. */
  create(request: CreateApiKeyRequest, options?: CallOptions): Promise<CreateApiKeyAnswer> {
    return unwrap(createApiKey(this.#core, request, options))
  }

  /** Never the keys themselves. */
  list(query: ListAccountKeysRequest = {}, options?: CallOptions): Listing<ListAccountKeysAnswer, ApiKey> {
    return listing(
      (asked: ListAccountKeysRequest, how) => listAccountKeys(this.#core, asked, how),
      byPage<ListAccountKeysAnswer>(),
      query,
      options,
    )
  }

  /** The next call with it is refused. */
  revoke(id: string, query: Omit<RevokeApiKeyRequest, 'id'> = {}, options?: CallOptions): Promise<RevokeApiKeyAnswer> {
    return unwrap(revokeApiKey(this.#core, { ...query, id }, options))
  }

  /** Signs from now on with another key; with `now` every session signed before is over. */
  rotateSigning(request: RotateSigningKeyRequest = {}, options?: CallOptions): Promise<RotateSigningKeyAnswer> {
    return unwrap(rotateSigningKey(this.#core, request, options))
  }
}

/** Parts of your account, each with agents and chat sessions of its own. */
export class Projects {
  readonly #core: ParlorCore

  constructor(core: ParlorCore) {
    this.#core = core
  }

  /** Makes one. */
  create(request: CreateProjectRequest, options?: CallOptions): Promise<CreateProjectAnswer> {
    return unwrap(createProject(this.#core, request, options))
  }

  /** All of yours. */
  list(query: ListProjectsRequest = {}, options?: CallOptions): Listing<ListProjectsAnswer, Project> {
    return listing(
      (asked: ListProjectsRequest, how) => listProjects(this.#core, asked, how),
      byPage<ListProjectsAnswer>(),
      query,
      options,
    )
  }

  /** Changes what is given, such as whether only approved origins may have tokens. */
  set(request: SetProjectRequest, options?: CallOptions): Promise<SetProjectAnswer> {
    return unwrap(setProject(this.#core, request, options))
  }

  /** Takes it away: its open sessions end, its keys are disabled. */
  delete(
    id: string,
    query: Omit<DeleteProjectRequest, 'id'> = {},
    options?: CallOptions,
  ): Promise<DeleteProjectAnswer> {
    return unwrap(deleteProject(this.#core, { ...query, id }, options))
  }
}

/** What your keys have asked lately. */
export class Requests {
  readonly #core: ParlorCore

  constructor(core: ParlorCore) {
    this.#core = core
  }

  /** Newest first; of one `operation` where it is given. */
  list(query: ListRequestsRequest = {}, options?: CallOptions): Listing<ListRequestsAnswer, RequestRecord> {
    return listing(
      (asked: ListRequestsRequest, how) => listRequests(this.#core, asked, how),
      byPage<ListRequestsAnswer>(),
      query,
      options,
    )
  }
}
