import type { Statement } from './access.ts'

const named = (name: string, text: string): Statement => ({ name, text })

/** The statements of the talk's hot path. Ids are packed. */
export const transcriptStatements = {
  // In one order everywhere, so that no two transactions wait for each other.
  lockLogs: named(
    'lock-logs',
    'SELECT * FROM visitor_logs WHERE visitor_id = ANY ($1::uuid[]) ORDER BY visitor_id FOR UPDATE',
  ),
  findMessages: named(
    'find-message-ids',
    'SELECT visitor, message, role FROM visitor_messages WHERE visitor = ANY ($1::uuid[])',
  ),
  insertLogs: named(
    'insert-logs',
    `INSERT INTO visitor_logs (visitor_id, session_id, last_seq, pruned_seq, last_response, conversation, messages)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::int[], $6::int[], $7::int[])`,
  ),
  updateLogs: named(
    'update-logs',
    `UPDATE visitor_logs l SET last_seq = c.last_seq, pruned_seq = c.pruned_seq, last_response = c.last_response,
       conversation = c.conversation, messages = c.messages
     FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::int[], $6::int[], $7::int[])
       AS c (visitor_id, session_id, last_seq, pruned_seq, last_response, conversation, messages)
     WHERE l.visitor_id = c.visitor_id`,
  ),
  insertEvents: named(
    'insert-events',
    `INSERT INTO visitor_events (visitor, seq, at, body)
     SELECT * FROM unnest($1::uuid[], $2::int[], $3::bigint[], $4::text[])`,
  ),
  // A message with a known id replaces the one there is, in its place.
  putMessages: named(
    'put-messages',
    `INSERT INTO visitor_messages (visitor, conversation, message, role, body)
     SELECT * FROM unnest($1::uuid[], $2::int[], $3::uuid[], $4::text[], $5::text[])
     ON CONFLICT (visitor, message) DO UPDATE SET role = excluded.role, body = excluded.body`,
  ),
  pruneEvents: named(
    'prune-events',
    `DELETE FROM visitor_events e USING unnest($1::uuid[], $2::int[]) AS p (visitor, seq)
     WHERE e.visitor = p.visitor AND e.seq <= p.seq`,
  ),
  readTail: named(
    'read-tail',
    `SELECT l.*, coalesce(t.visitor_messages, 0) AS session_messages, coalesce(t.tokens, 0) AS session_tokens
     FROM (VALUES (1)) AS one LEFT JOIN visitor_logs l ON l.visitor_id = $2 LEFT JOIN session_talks t ON t.session_id = $1`,
  ),
  listEvents: named(
    'list-events',
    `SELECT l.pruned_seq, e.seq, e.at, e.body
     FROM visitor_logs l LEFT JOIN visitor_events e ON e.visitor = l.visitor_id AND e.seq > $2
     WHERE l.visitor_id = $1 ORDER BY e.seq`,
  ),
  listMessages: named(
    'list-messages',
    `SELECT m.body FROM visitor_logs l JOIN visitor_messages m ON m.visitor = l.visitor_id AND m.conversation = l.conversation
     WHERE l.visitor_id = $1 ORDER BY m.position`,
  ),
} as const

export interface LogRow {
  visitor_id: string
  session_id: string
  last_seq: number
  pruned_seq: number
  last_response: number
  conversation: number
  messages: number
}
