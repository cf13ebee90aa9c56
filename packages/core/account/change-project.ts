import { ParlorError, refuseField } from '../errors/index.ts'
import { parseOrigin } from '../origin/index.ts'
import type { OriginRequest, Project } from './account.ts'
import type { AccountStore } from './account-store.ts'
import { takeTurns } from './take-turns.ts'

export interface ChangeProjectPorts {
  accounts: AccountStore
}

/** What is thought of an origin: nobody decided yet, it is allowed, or it is not. */
export type OriginStatus = 'approved' | OriginRequest['status']

export interface ProjectChange {
  /** Whether the allowed origins bind every session of the project. */
  strictOrigins?: boolean
  /** The origins that are allowed from now on, in place of those that were; what was asked for stays, unless it is among them. */
  allowedOrigins?: readonly string[]
}

/** The most origins a project allows, and the most that may wait or stand refused. */
export const mostProjectOrigins = 100

/** Each change reads the row and writes it back, so those of one project wait for each other. In this process alone. */
const inTurn = takeTurns()

/**
 * Changes what a project allows. What is absent stays. Sessions that are open are judged by it from their next use on.
 * @throws ParlorError `not_found` when the account has no such project, `validation_failed` for what is no origin.
 */
export function changeProject(
  ports: ChangeProjectPorts,
  accountId: string,
  projectId: string,
  change: ProjectChange,
): Promise<Project> {
  return rewrite(ports, accountId, projectId, (project) => {
    if (change.allowedOrigins === undefined)
      return { ...project, strictOrigins: change.strictOrigins ?? project.strictOrigins }
    const parse = (origin: string, index: number) => parseOrigin(origin, ['allowedOrigins', index])
    const allowedOrigins = [...new Set(change.allowedOrigins.map(parse))]
    const originRequests = project.originRequests.filter(({ origin }) => !allowedOrigins.includes(origin))
    const strictOrigins = change.strictOrigins ?? project.strictOrigins
    return { ...project, strictOrigins, allowedOrigins, originRequests }
  })
}

/**
 * Writes down what is thought of an origin, known before or not. Resolves to the project and the origin's canonical form.
 * @throws ParlorError `not_found`, `validation_failed` (field `origin`) for what is no origin or one too many.
 */
export async function decideOrigin(
  ports: ChangeProjectPorts,
  accountId: string,
  projectId: string,
  wish: { origin: string; status: OriginStatus },
): Promise<{ project: Project; origin: string }> {
  const origin = parseOrigin(wish.origin, ['origin'])
  const project = await rewrite(ports, accountId, projectId, (before) => {
    const { status } = wish
    if (statusOf(before, origin) === status) return before
    const allowedOrigins = before.allowedOrigins.filter((one) => one !== origin)
    const originRequests = before.originRequests.filter((one) => one.origin !== origin)
    if (status === 'approved') return { ...before, allowedOrigins: [...allowedOrigins, origin], originRequests }
    return { ...before, allowedOrigins, originRequests: [...originRequests, { origin, status }] }
  })
  return { project, origin }
}

function statusOf(project: Project, origin: string): OriginStatus | null {
  if (project.allowedOrigins.includes(origin)) return 'approved'
  return project.originRequests.find((one) => one.origin === origin)?.status ?? null
}

function rewrite(
  { accounts }: ChangeProjectPorts,
  accountId: string,
  projectId: string,
  change: (project: Project) => Project,
): Promise<Project> {
  return inTurn(projectId, async () => {
    const before = await accounts.findProject(projectId)
    if (before === null || before.accountId !== accountId || before.deletedAt !== null) throw noSuchProject()
    const after = change(before)
    refuseTooMany(after)
    if (after !== before && !(await accounts.updateProject(after))) throw noSuchProject()
    return after
  })
}

function refuseTooMany({ allowedOrigins, originRequests }: Project): void {
  if (Math.max(allowedOrigins.length, originRequests.length) <= mostProjectOrigins) return
  const field = allowedOrigins.length > mostProjectOrigins ? 'allowedOrigins' : 'origin'
  throw refuseField([field], 'too_many', `a project keeps at most ${mostProjectOrigins} origins of each kind`)
}

export function noSuchProject(): ParlorError {
  return new ParlorError('not_found', { message: 'The account has no such project. List its projects.' })
}

/** Deletes in the same turn as changes happen, or one of them would bring the project back. */
export function markDeleted(ports: ChangeProjectPorts, accountId: string, projectId: string, at: number) {
  return inTurn(projectId, async () => {
    const before = await ports.accounts.findProject(projectId)
    if (before === null || before.accountId !== accountId) throw noSuchProject()
    if (before.slug === 'default') {
      throw new ParlorError('conflict', {
        message: 'The default project cannot be deleted: every account has one. End its sessions or revoke its keys.',
      })
    }
    const after = { ...before, deletedAt: before.deletedAt ?? at }
    if (before.deletedAt === null && !(await ports.accounts.updateProject(after))) throw noSuchProject()
    return after
  })
}
