import { createHash } from 'node:crypto'
import type { Account, OriginStatus, Project } from '@parlor/core/account'
import { isoSeconds } from '@parlor/core/time'

const longestSlug = 40

/** A name as it may stand in a header: lower-case letters, digits and dashes. Empty where nothing of it can. */
export function slugFrom(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const slug = plain.replace(/[^a-z0-9]+/g, '-').slice(0, longestSlug)
  return slug.replace(/^-+|-+$/g, '')
}

/** What an account is called on this wire. Unlike a project's it opens nothing, and two accounts may have the same. */
export function accountSlug({ id, name }: Pick<Account, 'id' | 'name'>): string {
  return slugFrom(name) || id
}

export function renderNamed({ id, name, slug }: Project) {
  return { id, name, slug }
}

/** When a project last changed is not kept, so that is the time it was made. */
export function renderProject(project: Project) {
  const made = isoSeconds(project.createdAt)
  return {
    ...renderNamed(project),
    organization_id: project.accountId,
    strict_origins: project.strictOrigins,
    created_at: made,
    updated_at: made,
  }
}

/** Origins have no rows of their own: an id is made from what they are, and their times are their project's. */
export function renderOrigin(project: Project, origin: string, status: OriginStatus) {
  const made = isoSeconds(project.createdAt)
  const id = uuidFrom(`${project.id} ${origin}`)
  return { id, project_id: project.id, origin, status, created_at: made, updated_at: made }
}

/** In the shape of a UUID (RFC 9562, version 8), always the same for the same text. */
function uuidFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
