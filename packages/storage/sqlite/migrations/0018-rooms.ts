import type { Migration } from './migration.ts'

/**
 * Avatar sessions are few among all sessions, and are asked for by kind, by whom they are for, and while they are open. All
 * three indexes hold them alone, so that a widget's session costs no more than before. Whom one is for is compared as the JSON
 * it was stored as: taken out of it, a text would end at a NUL.
 */
export const rooms: Migration = {
  number: 18,
  name: 'rooms',
  sql: `
    CREATE INDEX sessions_avatar ON sessions (account_id) WHERE kind = 'avatar';
    CREATE INDEX sessions_avatar_person ON sessions (account_id, settings -> 'endUserId') WHERE kind = 'avatar';
    CREATE INDEX sessions_rooms ON sessions (account_id, expires_at) WHERE kind = 'avatar' AND state <> 'ended';
  `,
}
