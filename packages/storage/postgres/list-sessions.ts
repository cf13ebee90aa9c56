import type { Page, Paged } from '@parlor/core/agent'
import type { Session, SessionFilter } from '@parlor/core/session'
import type { Access, Statement, Value } from './access.ts'
import { packOrNull } from './pack-id.ts'
import { type SessionRow, sessionColumns, toSession } from './session-rows.ts'

type Listed = SessionRow & { total: number }

/** Absent filters are null. The order of the parameters: account, project, agent, limit, offset; then what else is asked. */
const ofAgents = 'account_id = $1 AND ($2::uuid IS NULL OR project_id = $2) AND ($3::uuid IS NULL OR agent_id = $3)'
const page = 'ORDER BY position DESC LIMIT $4 OFFSET $5'
/** One row that holds nothing but the total says that the page is empty. */
const show = (total: string) => `
    SELECT ${total} AS total, s.* FROM (VALUES (1)) AS one LEFT JOIN (
      SELECT position, ${sessionColumns} FROM sessions WHERE id = ANY (ARRAY(SELECT id FROM found ${page}))
    ) AS s ON true ORDER BY s.position DESC`

/** Open ones are few, since a ceiling bounds them. */
const listOpen: Statement = {
  name: 'list-open-sessions',
  text: `
    WITH found AS MATERIALIZED (
      SELECT id, position FROM sessions
      WHERE ${ofAgents} AND ended_at IS NULL AND expires_at > $6 AND ($7::uuid IS NULL OR kid = $7))
    ${show('(SELECT count(*) FROM found)')}`,
}

/** Those under one signing key are looked for among all of the account's: only a rotation asks. */
const listUnderKey: Statement = {
  name: 'list-sessions-under-key',
  text: `
    WITH found AS MATERIALIZED (SELECT id, position FROM sessions WHERE ${ofAgents} AND kid = $6)
    ${show('(SELECT count(*) FROM found)')}`,
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
  return async ({ accountId, projectId, agentId, kid, openAt }, { limit, offset }) => {
    const packed = (id: string | undefined) => packOrNull(id ?? null)
    const asked = [packed(accountId), packed(projectId), packed(agentId), Math.max(0, limit), Math.max(0, offset)]
    const read = async (statement: Statement, values: readonly Value[]): Promise<Paged<Session>> => {
      const rows = await ask<Listed>(statement, values)
      return { items: rows.filter(({ id }) => id !== null).map(toSession), total: rows[0]?.total ?? 0 }
    }
    if (openAt !== undefined) return read(listOpen, [...asked, openAt, packed(kid)])
    return kid === undefined ? read(listAll, asked) : read(listUnderKey, [...asked, packed(kid)])
  }
}
