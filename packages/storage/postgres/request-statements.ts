import type { Statement } from './access.ts'

const columns =
  'id, account_id, key_id, time, method, path, operation, status, user_agent, duration_ms, request_id, odd'
const page = 'ORDER BY time DESC, position DESC LIMIT $2 OFFSET $3'
const named = (name: string, text: string): Statement => ({ name, text })

/** The statements of the history of calls. Sums are moved in the order of their keys, so that no two nodes wait for each other. */
export const requestStatements = {
  insert: named(
    'insert-requests',
    `INSERT INTO requests (${columns})
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::int[],
       $9::text[], $10::float8[], $11::text[], $12::text[])`,
  ),
  addToTotals: named(
    'add-to-request-totals',
    `INSERT INTO request_totals AS known (account_id, operation, calls)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[]) AS added (account, operation, calls) ORDER BY 1, 2
     ON CONFLICT (account_id, operation) DO UPDATE SET calls = known.calls + excluded.calls`,
  ),
  addToMonths: named(
    'add-to-request-months',
    `INSERT INTO request_months AS known (account_id, month, requests)
     SELECT * FROM unnest($1::uuid[], $2::int[], $3::int[]) AS added (account, month, requests) ORDER BY 1, 2
     ON CONFLICT (account_id, month) DO UPDATE SET requests = known.requests + excluded.requests`,
  ),
  addToKeys: named(
    'add-to-key-usage',
    `INSERT INTO key_usage AS known (key_id, requests, last_used_at, last_used_ip)
     SELECT * FROM unnest($1::uuid[], $2::int[], $3::bigint[], $4::text[]) AS added (key, requests, at, ip) ORDER BY 1
     ON CONFLICT (key_id) DO UPDATE SET requests = known.requests + excluded.requests,
       last_used_ip = CASE WHEN excluded.last_used_at >= known.last_used_at THEN excluded.last_used_ip
         ELSE known.last_used_ip END,
       last_used_at = greatest(known.last_used_at, excluded.last_used_at)`,
  ),
  list: named('list-requests', `SELECT ${columns} FROM requests WHERE account_id = $1 ${page}`),
  listOperation: named(
    'list-requests-of-operation',
    `SELECT ${columns} FROM requests WHERE account_id = $1 AND md5(operation) = md5($4) AND operation = $4 ${page}`,
  ),
  total: named(
    'total-requests',
    `SELECT coalesce(sum(calls), 0)::bigint AS n FROM request_totals
     WHERE account_id = $1 AND ($2::uuid IS NULL OR operation = $2)`,
  ),
  month: named('requests-in-month', 'SELECT requests AS n FROM request_months WHERE account_id = $1 AND month = $2'),
  keys: named('read-key-usage', 'SELECT * FROM key_usage WHERE key_id = ANY ($1::uuid[])'),
  removeOld: named(
    'remove-old-requests',
    `DELETE FROM requests WHERE position = ANY (ARRAY(
       SELECT position FROM requests WHERE time < $1 ORDER BY time, position LIMIT $2 FOR UPDATE SKIP LOCKED))
     RETURNING account_id, operation`,
  ),
} as const
