import type { Migration } from './migration.ts'

/** A log is a visitor's; only the count of messages visitors sent belongs to the whole session. */
export const transcripts: Migration = {
  number: 5,
  name: 'transcripts',
  sql: `
    CREATE TABLE session_talks (
      session_id ANY PRIMARY KEY NOT NULL,
      visitor_messages INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE visitor_logs (
      position INTEGER PRIMARY KEY,
      visitor_id ANY NOT NULL UNIQUE,
      session_id ANY NOT NULL,
      last_seq INTEGER NOT NULL,
      pruned_seq INTEGER NOT NULL,
      last_response INTEGER NOT NULL,
      conversation INTEGER NOT NULL,
      messages INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE visitor_events (
      position INTEGER PRIMARY KEY,
      log INTEGER NOT NULL REFERENCES visitor_logs (position),
      seq INTEGER NOT NULL,
      at INTEGER NOT NULL,
      body TEXT NOT NULL,
      UNIQUE (log, seq)
    ) STRICT;

    CREATE TABLE visitor_messages (
      position INTEGER PRIMARY KEY,
      log INTEGER NOT NULL REFERENCES visitor_logs (position),
      conversation INTEGER NOT NULL,
      message_id TEXT NOT NULL,
      role TEXT NOT NULL,
      body TEXT NOT NULL,
      UNIQUE (log, message_id)
    ) STRICT;
    CREATE INDEX visitor_messages_by_conversation ON visitor_messages (log, conversation);
  `,
}
