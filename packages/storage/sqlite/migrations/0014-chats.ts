import type { Migration } from './migration.ts'

/**
 * A chat's id is its caller's choice and unique in its project alone. `answered` is the number of its last message of the
 * assistant's, 0 before the first. `chat_totals` says how many chats a project has (the empty person) and how many each
 * person in it ('=' before the id), because counting them is a walk over all of the project's history.
 */
export const chats: Migration = {
  number: 14,
  name: 'chats',
  sql: `
    CREATE TABLE chats (
      position INTEGER PRIMARY KEY,
      project_id ANY NOT NULL,
      id ANY NOT NULL,
      account_id ANY NOT NULL,
      agent_id ANY NOT NULL,
      session_id ANY,
      end_user_id TEXT,
      title TEXT,
      feedback TEXT,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      messages INTEGER NOT NULL,
      answered INTEGER NOT NULL,
      UNIQUE (project_id, id)
    ) STRICT;
    CREATE INDEX chats_by_change ON chats (project_id, updated_at);
    CREATE INDEX chats_by_person ON chats (project_id, end_user_id, updated_at) WHERE end_user_id IS NOT NULL;
    CREATE INDEX chats_by_session ON chats (session_id) WHERE session_id IS NOT NULL;

    CREATE TABLE chat_messages (
      position INTEGER PRIMARY KEY,
      chat INTEGER NOT NULL REFERENCES chats (position),
      seq INTEGER NOT NULL,
      body TEXT NOT NULL,
      UNIQUE (chat, seq)
    ) STRICT;

    CREATE TABLE chat_totals (
      project_id ANY NOT NULL,
      person TEXT NOT NULL,
      chats INTEGER NOT NULL,
      PRIMARY KEY (project_id, person)
    ) STRICT, WITHOUT ROWID;
  `,
}
