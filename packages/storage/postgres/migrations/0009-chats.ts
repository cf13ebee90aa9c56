import type { Migration } from './migration.ts'

/**
 * A chat's id is its caller's choice and unique in its project alone: `place` is a digest of both. `answered` is the number of its
 * last message of the assistant's, 0 before the first. `chat_totals` says how many chats a project has and how many each person in
 * it, because counting them is a walk over all of the project's history.
 */
export const chats: Migration = {
  number: 9,
  name: 'chats',
  sql: `
    CREATE TABLE chats (
      place uuid PRIMARY KEY,
      position bigint GENERATED ALWAYS AS IDENTITY,
      project_id uuid NOT NULL,
      id uuid NOT NULL,
      account_id uuid NOT NULL,
      agent_id uuid NOT NULL,
      session_id uuid,
      person uuid,
      end_user_id text,
      title text,
      feedback text,
      created_at bigint NOT NULL,
      updated_at bigint NOT NULL,
      messages integer NOT NULL,
      answered integer NOT NULL,
      odd text
    );
    CREATE INDEX chats_by_change ON chats (project_id, updated_at, position);
    CREATE INDEX chats_by_person ON chats (project_id, person, updated_at, position) WHERE person IS NOT NULL;
    CREATE INDEX chats_by_session ON chats (session_id) WHERE session_id IS NOT NULL;

    CREATE TABLE chat_messages (
      chat uuid NOT NULL,
      seq integer NOT NULL,
      body text NOT NULL,
      PRIMARY KEY (chat, seq)
    );

    CREATE TABLE chat_totals (whose uuid PRIMARY KEY, chats bigint NOT NULL) WITH (fillfactor = 50);
  `,
}
