import type { Migration } from './migration.ts'

/**
 * Avatar sessions are few among all sessions, and are asked for by kind, by whom they are for, and while they are open. All
 * three indexes hold them alone, so that a widget's session costs no more than before.
 *
 * What is open is spelled as nowhere else: who plans does not know that open avatar sessions are few, and would go through all that
 * is open in an index of those.
 *
 * `end_user_of` is whom a session is for, as the JSON it was stored as. Postgres reads no JSON with a NUL or half a surrogate pair
 * anywhere in it; `JSON.stringify` escapes exactly those, so they are replaced before it looks.
 */
export const rooms: Migration = {
  number: 13,
  name: 'rooms',
  sql: String.raw`
    CREATE FUNCTION end_user_of(settings text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT AS $$
    BEGIN
      RETURN regexp_replace(settings, '\\u(0000|d[89a-f][0-9a-f]{2})', '\\ufffd', 'g')::json -> 'endUserId';
    END $$;
    CREATE INDEX sessions_avatar ON sessions (account_id, position) WHERE kind = 'avatar';
    CREATE INDEX sessions_avatar_person ON sessions (account_id, md5(end_user_of(settings)), position) WHERE kind = 'avatar';
    CREATE INDEX sessions_rooms ON sessions (account_id, position) WHERE kind = 'avatar' AND coalesce(ended_at, -1) = -1;
  `,
}
