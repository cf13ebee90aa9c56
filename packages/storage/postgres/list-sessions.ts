import type { Page, Paged } from '@parlor/core/agent'
import type { Session, SessionFilter } from '@parlor/core/session'
import type { Access, Statement, Value } from './access.ts'
import { packOrNull } from './pack-id.ts'
import { isOpenRoom, type SessionRow, sessionColumns, toSession } from './session-rows.ts'

type Listed = SessionRow & { total: number }

/** Absent filters are null. The order of the parameters: account, project, agent, limit, offset; then what else is asked. */
const ofAgents = 'account_id = $1 AND ($2::uuid IS NULL OR project_id = $2) AND ($3::uuid IS NULL OR agent_id = $3)'
/**
 * Signing key, key, kind, and whom it is for: as settings that name them alone, and as the piece of the settings' text that does,
 * since `end_user_of` takes all that Postgres cannot read for the same.
 */
const narrowed = `${ofAgents} AND ($6::uuid IS NULL OR kid = $6) AND ($7::uuid IS NULL OR key_id = $7)
        AND ($8::text IS NULL OR kind = $8)
        AND ($9::text IS NULL OR (strpos(settings, $10) > 0 AND end_user_of(settings) = end_user_of($9)))`
const page = 'ORDER BY position DESC LIMIT $4 OFFSET $5'
/** One row that holds nothing but the total says that the page is empty. */
const show = (total: string) => `
    SELECT ${total} AS total, s.* FROM (VALUES (1)) AS one LEFT JOIN (
      SELECT position, ${sessionColumns} FROM sessions WHERE id = ANY (ARRAY(SELECT id FROM found ${page}))
    ) AS s ON true ORDER BY s.position DESC`

const showFound = (from: string) => `
    WITH found AS MATERIALIZED (SELECT id, position FROM sessions WHERE ${from})
    ${show('(SELECT count(*) FROM found)')}`

/** Open ones are few, since a ceiling bounds them. */
const listOpen: Statement = {
  name: 'list-open-sessions',
  text: showFound(`${narrowed} AND ended_at IS NULL AND expires_at > $11`),
}
/** Spelled as the index of the rooms is. */
const listOpenAvatars: Statement = {
  name: 'list-open-avatar-sessions',
  text: showFound(`${narrowed} AND ${isOpenRoom} AND expires_at > $11`),
}

/** What the sums do not know is looked for among all of the account's. */
const listNarrowed: Statement = { name: 'list-narrowed-sessions', text: showFound(narrowed) }

/** All of an account's avatar sessions: counted and shown from their index, which knows of nothing else that may be asked. */
const listAvatars: Statement = {
  name: 'list-avatar-sessions',
  text: `
    WITH found AS MATERIALIZED (
      SELECT id, position FROM sessions
      WHERE account_id = $1 AND kind = 'avatar' AND $2::uuid IS NULL AND $3::uuid IS NULL
      ORDER BY position DESC LIMIT $4::bigint + $5::bigint)
    ${show("(SELECT count(*) FROM sessions WHERE account_id = $1 AND kind = 'avatar')")}`,
}
const listNarrowedAvatars: Statement = {
  name: 'list-narrowed-avatar-sessions',
  text: showFound(`${narrowed} AND kind = 'avatar'`),
}
/** By the MD5 of their name, since an entry of an index holds less than 3 KB. */
const listAvatarsOfPerson: Statement = {
  name: 'list-avatar-sessions-of-person',
  text: showFound(`${narrowed} AND kind = 'avatar' AND md5(end_user_of(settings)) = md5(end_user_of($9))`),
}

/**
 * Of each of the account's agents in each project the newest are taken as far as the page reaches, from an index; how many there
 * are is known from the sums, since sessions are never removed.
 */
const listAll: Statement = {
  name: 'list-sessions',
  text: `
    WITH agents AS MATERIALIZED (
      SELECT project_id, agent_id, sum(sessions) AS sessions FROM agent_usage WHERE ${ofAgents} GROUP BY 1, 2),
    found AS MATERIALIZED (
      SELECT newest.id, newest.position FROM agents CROSS JOIN LATERAL (
        SELECT id, position FROM sessions
        WHERE account_id = $1 AND project_id = agents.project_id AND agent_id = agents.agent_id
        ORDER BY position DESC LIMIT $4::bigint + $5::bigint) AS newest)
    ${show('(SELECT coalesce(sum(sessions), 0) FROM agents)::bigint')}`,
}

/** Lists sessions, newest first. */
export function sessionLister({ ask }: Access): (filter: SessionFilter, page: Page) => Promise<Paged<Session>> {
  return async (filter, { limit, offset }) => {
    const { accountId, projectId, agentId, openAt } = filter
    const packed = (id: string | undefined) => packOrNull(id ?? null)
    const asked = [packed(accountId), packed(projectId), packed(agentId), Math.max(0, limit), Math.max(0, offset)]
    const also = narrowingOf(filter)
    const read = async (statement: Statement, values: readonly Value[]): Promise<Paged<Session>> => {
      const rows = await ask<Listed>(statement, values)
      return { items: rows.filter(({ id }) => id !== null).map(toSession), total: rows[0]?.total ?? 0 }
    }
    if (openAt !== undefined) {
      return read(filter.kind === 'avatar' ? listOpenAvatars : listOpen, [...asked, ...also, openAt])
    }
    const statement = choose(filter)
    return read(statement, statement === listAll || statement === listAvatars ? asked : [...asked, ...also])
  }
}

function choose({ kind, endUserId, kid, keyId, projectId, agentId }: SessionFilter): Statement {
  const isNarrowed = [endUserId, kid, keyId].some((one) => one !== undefined)
  if (kind !== 'avatar') return isNarrowed || kind !== undefined ? listNarrowed : listAll
  if (endUserId !== undefined) return listAvatarsOfPerson
  return isNarrowed || projectId !== undefined || agentId !== undefined ? listNarrowedAvatars : listAvatars
}

/** The parameters of `narrowed` from the sixth on. */
function narrowingOf({ kid, keyId, kind, endUserId }: SessionFilter): Value[] {
  const settings = endUserId === undefined ? null : JSON.stringify({ endUserId })
  return [packOrNull(kid ?? null), packOrNull(keyId ?? null), kind ?? null, settings, settings?.slice(1, -1) ?? null]
}
