import { Client } from 'pg'
import { newDatabase } from './ask-keeper.ts'

/** Sends SQL of any kind, past the store. */
export async function command(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query(sql)
    return rows
  } finally {
    await client.end()
  }
}

const free: string[] = []

/** An empty database, whose tables may be there already. Hand it back for the next test: making one takes a tenth of a second. */
export async function borrowDatabase(): Promise<string> {
  return free.pop() ?? newDatabase()
}

export async function returnDatabase(url: string): Promise<void> {
  await command(url, empty)
  free.push(url)
}

/** Rows that others point at go last; the ledger is only let go of for this. */
const empty = `
  DO $$
  DECLARE
    last text[] := ARRAY['knowledge_documents', 'knowledge_bases', 'projects', 'keys', 'accounts'];
    kept text[] := ARRAY['migrations', 'time_mark', 'ending_count'];
    name text;
  BEGIN
    FOREACH name IN ARRAY ARRAY['sessions', 'session_events'] LOOP
      EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', name);
    END LOOP;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL (last || kept) LOOP
      EXECUTE format('DELETE FROM %I', name);
    END LOOP;
    FOREACH name IN ARRAY last LOOP
      EXECUTE format('DELETE FROM %I', name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['sessions', 'session_events'] LOOP
      EXECUTE format('ALTER TABLE %I ENABLE TRIGGER USER', name);
    END LOOP;
    UPDATE time_mark SET at = 0;
    UPDATE ending_count SET last = 0;
  END $$`
