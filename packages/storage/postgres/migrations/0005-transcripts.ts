import type { Migration } from './migration.ts'

/** A log is a visitor's; the sums of messages and tokens belong to the whole session. Message ids are packed, their bodies hold them. */
export const transcripts: Migration = {
  number: 5,
  name: 'transcripts',
  sql: `
    CREATE TABLE session_talks (
      session_id uuid PRIMARY KEY,
      visitor_messages bigint NOT NULL,
      tokens bigint NOT NULL
    ) WITH (fillfactor = 70);

    CREATE TABLE visitor_logs (
      visitor_id uuid PRIMARY KEY,
      session_id uuid NOT NULL,
      last_seq integer NOT NULL,
      pruned_seq integer NOT NULL,
      last_response integer NOT NULL,
      conversation integer NOT NULL,
      messages integer NOT NULL
    ) WITH (fillfactor = 70);

    CREATE TABLE visitor_events (
      visitor uuid NOT NULL,
      seq integer NOT NULL,
      at bigint NOT NULL,
      body text NOT NULL,
      PRIMARY KEY (visitor, seq)
    );

    CREATE TABLE visitor_messages (
      position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      visitor uuid NOT NULL,
      conversation integer NOT NULL,
      message uuid NOT NULL,
      role text NOT NULL,
      body text NOT NULL
    );
    CREATE UNIQUE INDEX visitor_messages_by_id ON visitor_messages (visitor, message) INCLUDE (role);
    CREATE INDEX visitor_messages_by_conversation ON visitor_messages (visitor, conversation, position);
  `,
}
