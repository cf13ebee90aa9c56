import type { Statement } from './access.ts'

const named = (name: string, text: string): Statement => ({ name, text })
const columns = [
  'place, project_id, id, account_id, agent_id, session_id, end_user_id, title, feedback, created_at, updated_at, messages',
  'answered, odd',
].join(', ')
const inOrder = 'ORDER BY updated_at DESC, position DESC LIMIT $1 OFFSET $2'

/** The statements of chats. Ids are packed. */
export const chatStatements = {
  find: named('find-chats', `SELECT ${columns} FROM chats WHERE place = ANY ($1::uuid[])`),
  lock: named('lock-chats', `SELECT ${columns} FROM chats WHERE place = ANY ($1::uuid[]) ORDER BY place FOR UPDATE`),
  unanswered: named(
    'list-unanswered',
    `SELECT m.chat, m.seq, m.body FROM chats c JOIN chat_messages m ON m.chat = c.place AND m.seq > c.answered
     WHERE c.place = ANY ($1::uuid[]) ORDER BY m.chat, m.seq`,
  ),
  insert: named(
    'insert-chats',
    `INSERT INTO chats (${columns}, person)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::text[],
       $9::text[], $10::bigint[], $11::bigint[], $12::int[], $13::int[], $14::text[], $15::uuid[])`,
  ),
  addToTotals: named(
    'add-to-chat-totals',
    `INSERT INTO chat_totals AS known (whose, chats)
     SELECT whose, count(*) FROM unnest($1::uuid[]) AS added (whose) GROUP BY whose ORDER BY whose
     ON CONFLICT (whose) DO UPDATE SET chats = known.chats + excluded.chats`,
  ),
  change: named(
    'change-chats',
    `UPDATE chats c SET updated_at = m.updated_at, messages = m.messages, answered = m.answered, title = m.title,
       feedback = m.feedback
     FROM unnest($1::uuid[], $2::bigint[], $3::int[], $4::int[], $5::text[], $6::text[])
       AS m (place, updated_at, messages, answered, title, feedback)
     WHERE c.place = m.place`,
  ),
  insertMessages: named(
    'insert-chat-messages',
    'INSERT INTO chat_messages (chat, seq, body) SELECT * FROM unnest($1::uuid[], $2::int[], $3::text[])',
  ),
  firstAfter: named(
    'list-chat-messages-after',
    'SELECT seq, body FROM chat_messages WHERE chat = $1 AND seq > $2 AND seq < $3 ORDER BY seq LIMIT $4',
  ),
  lastBefore: named(
    'list-chat-messages-before',
    'SELECT seq, body FROM chat_messages WHERE chat = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3',
  ),
  listOfProject: named('list-chats-of-project', `SELECT ${columns} FROM chats WHERE project_id = $3 ${inOrder}`),
  listOfPerson: named(
    'list-chats-of-person',
    `SELECT ${columns} FROM chats WHERE project_id = $3 AND person = $4 ${inOrder}`,
  ),
  total: named('total-chats', 'SELECT chats FROM chat_totals WHERE whose = $1'),
  listOfSession: named(
    'list-chats-of-session',
    `SELECT ${columns} FROM chats WHERE session_id = $1 AND project_id = $2 AND ($3::uuid IS NULL OR person = $3)
     ORDER BY updated_at DESC, position DESC`,
  ),
} as const
