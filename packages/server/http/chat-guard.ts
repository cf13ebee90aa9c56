import {
  type AccountStore,
  authenticateKey,
  authenticateOperator,
  type KeyOwner,
  type OperatorSessionStore,
  type Project,
  requireScope,
} from '@parlor/core/account'
import { ParlorError } from '@parlor/core/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App, Credential, Way } from './app-types.ts'
import { presented } from './chat-origin.ts'
import { holdToRate, type KeyGuardPorts } from './key-guard.ts'

export interface ChatGuardPorts extends Omit<KeyGuardPorts, 'accounts'> {
  /** Also finds keys that are lent to this process. */
  keys: KeyGuardPorts['accounts']
  accounts: AccountStore
  operatorSessions: OperatorSessionStore
}

/** Who calls on the chat wire, and for which project. */
export interface ChatCaller {
  /** As it was found: what is known of a caller hangs on this object. */
  owner: KeyOwner
  /** The operator session it came with; null where the key itself did. */
  operatorSessionId: string | null
}

/**
 * Asks every route of the chat wire for one of the credentials it takes, after its body was validated: on this wire an
 * invalid body without credentials is told that it is invalid (contracts 3.1). Where a route says `beforeBody` it is asked
 * first.
 */
export function guardChatCallers(app: App, ports: ChatGuardPorts): void {
  app.decorateRequest('operatorSessionId', null)
  app.decorateRequest('project', null)
  const askWhere = (isFirst: boolean) => async (request: FastifyRequest, reply: FastifyReply) => {
    const { credential } = request.routeOptions.config
    if (credential?.kind === 'one_of' && (credential.beforeBody ?? false) === isFirst) {
      await takeOneOf(ports, request, reply, credential)
    }
  }
  app.addHook('onRequest', askWhere(true))
  app.addHook('preHandler', askWhere(false))
}

async function takeOneOf(
  ports: ChatGuardPorts,
  request: FastifyRequest,
  reply: FastifyReply,
  credential: Extract<Credential, { kind: 'one_of' }>,
): Promise<void> {
  if (credential.firstPresent) await takeFirst(ports, request, credential.ways)
  else await takeAny(ports, request, credential.ways)
  // Once the way was found: who asks too often must not be told that the credential is bad.
  if (request.caller !== null) holdToRate(ports, request.caller.key, reply)
}

/**
 * The last alternative's refusal is the answer; a store that cannot be read is none of the caller's doing. Where nothing came for
 * the last one, its refusal says what was wrong with the one that did come.
 */
async function takeAny(ports: ChatGuardPorts, request: FastifyRequest, ways: readonly Way[]): Promise<void> {
  let tried: ParlorError | null = null
  for (const [index, way] of ways.entries()) {
    try {
      return await take(ports, request, way)
    } catch (error) {
      if (!(error instanceof ParlorError) || error.code === 'unavailable') throw error
      if (index === ways.length - 1) throw error.code === 'missing_key' ? nothingCame(ways, tried) : error
      if (error.code !== 'missing_key') tried = error
      // Whoever it was is not who calls: what the next way finds stands alone.
      request.caller = null
    }
  }
}

async function takeFirst(ports: ChatGuardPorts, request: FastifyRequest, ways: readonly Way[]): Promise<void> {
  const way = choose(request, ways)
  await take(ports, request, way).catch((error: unknown) => {
    const isProject = error instanceof ParlorError && (error.code === 'forbidden' || error.code === 'invalid_request')
    throw isProject ? new ParlorError('invalid_key', { message: error.message }) : error
  })
}

const headerOf = { operator: 'gram-session', key: 'gram-key', chat_token: 'gram-chat-session' } as const

function choose(request: FastifyRequest, ways: readonly Way[]): Way {
  const came = (way: Way) =>
    way.by === 'chat_token' ? request.chatSession !== null : presented(request, headerOf[way.by]) !== undefined
  const chosen = ways.find(came)
  if (chosen === undefined) throw nothingCame(ways)
  return chosen
}

async function take(ports: ChatGuardPorts, request: FastifyRequest, way: Way): Promise<void> {
  if (way.by === 'chat_token') return takeToken(ports, request)
  const caller = way.by === 'operator' ? await takeOperator(ports, request) : await takeKey(ports, request)
  // Known from here on: what is refused below is in the account's history, too.
  request.caller = caller.owner
  if (way.by === 'key' && way.scope !== null) {
    requireScope(caller.owner.key, way.scope, ...(way.or === undefined ? [] : [way.or]))
  }
  request.project = way.project ? await findProject(ports, request, caller, way.by) : null
  request.operatorSessionId = caller.operatorSessionId
}

/** The origin layer has judged it; here is only whether it came, and that it names no other project than its own. */
async function takeToken({ accounts }: ChatGuardPorts, request: FastifyRequest): Promise<void> {
  const { chatSession } = request
  if (chatSession === null) throw nothingCame([{ by: 'chat_token' }])
  const project = await accounts.findProject(chatSession.projectId)
  const named = presented(request, 'gram-project')
  if (project === null || project.deletedAt !== null) throw new ParlorError('invalid_token')
  if (named !== undefined && named !== project.slug) {
    throw new ParlorError('invalid_token', {
      message: `This token is for the project "${project.slug}", not for "${named.slice(0, 60)}". Leave Gram-Project out, or name that one.`,
    })
  }
  request.project = project
}

async function takeOperator(ports: ChatGuardPorts, request: FastifyRequest): Promise<ChatCaller> {
  const { session, ...owner } = await authenticateOperator(ports, presented(request, 'gram-session')).catch(
    (error: unknown) => {
      if (!(error instanceof ParlorError) || error.code !== 'invalid_key') throw error
      throw new ParlorError('invalid_key', {
        message: 'The operator session is unknown, expired or over. Make a new one with parlor login.',
      })
    },
  )
  return { owner, operatorSessionId: session.id }
}

async function takeKey({ keys, clock }: ChatGuardPorts, request: FastifyRequest): Promise<ChatCaller> {
  const owner = await authenticateKey(keys, presented(request, 'gram-key'), 'secret', clock.now())
  return { owner, operatorSessionId: null }
}

/**
 * The project `Gram-Project` names by its slug; without it, the account's only one.
 * @throws ParlorError `invalid_request` (none named, several there), `forbidden` (not the account's, or not the key's).
 */
async function findProject(
  { accounts }: ChatGuardPorts,
  request: FastifyRequest,
  { owner: { key, account } }: ChatCaller,
  by: 'operator' | 'key',
): Promise<Project> {
  const slug = presented(request, 'gram-project')
  const bound = by === 'key' && !key.isAccountWide ? key.projectId : null
  const project =
    slug === undefined
      ? await onlyProject(accounts, account.id, bound)
      : await accounts.findProjectBySlug(account.id, slug)
  if (project === null || project.deletedAt !== null) {
    throw new ParlorError('forbidden', { message: 'The account has no project of this slug. List its projects.' })
  }
  if (bound !== null && bound !== project.id) {
    throw new ParlorError('forbidden', { message: `This key is for another project than "${project.slug}".` })
  }
  return project
}

/** Those that a key bound to one cannot use are not named to it. */
async function onlyProject(accounts: AccountStore, accountId: string, bound: string | null): Promise<Project> {
  const all = (await accounts.listProjects(accountId)).filter(({ deletedAt }) => deletedAt === null)
  const [only] = all
  if (only !== undefined && all.length === 1) return only
  const slugs = all.filter(({ id }) => bound === null || id === bound).map(({ slug }) => slug)
  throw new ParlorError('invalid_request', {
    message: `Name a project in the header Gram-Project: ${slugs.join(', ') || 'none is left'}.`,
  })
}

function nothingCame(ways: readonly Way[], tried: ParlorError | null = null): ParlorError {
  const lead = tried === null ? 'Nothing came that says who is calling.' : `${tried.message} Nothing else came.`
  return new ParlorError('missing_key', {
    message: `${lead} Send ${ways.map(describeWay).join(', or ')}.`,
  })
}

function describeWay(way: Way): string {
  if (way.by === 'operator') return 'an operator session (parlor login) in the header Gram-Session'
  if (way.by === 'chat_token') return 'a chat session’s token in the header Gram-Chat-Session'
  const other = way.or === undefined ? '' : ` or "${way.or}"`
  const scope = way.scope === null ? '' : ` with the scope "${way.scope}"${other}`
  return `a key${scope} in the header Gram-Key, from your backend only`
}
