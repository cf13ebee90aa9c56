import { accounts } from './0001-accounts.ts'
import { agents } from './0002-agents.ts'
import { sessions } from './0003-sessions.ts'
import { knowledge } from './0004-knowledge.ts'
import { transcripts } from './0005-transcripts.ts'
import { requests } from './0006-requests.ts'
import { idempotency } from './0007-idempotency.ts'
import { operatorSessions } from './0008-operator-sessions.ts'
import { chats } from './0009-chats.ts'
import { nodes } from './0010-nodes.ts'
import { parts } from './0011-parts.ts'
import { keyCeilings } from './0012-key-ceilings.ts'
import { rooms } from './0013-rooms.ts'
import { knowledgeWords } from './0014-knowledge-words.ts'
import { keyCeilingsExact } from './0015-key-ceilings-exact.ts'
import { seats } from './0016-seats.ts'
import { knowledgeSources } from './0017-knowledge-sources.ts'
import { chunkVectors } from './0018-chunk-vectors.ts'
import type { Migration } from './migration.ts'

export type { Migration } from './migration.ts'

/** In order, numbered from 1. A step that was released never changes; a mistake in it is mended by another step. */
export const migrations: readonly Migration[] = [
  accounts,
  agents,
  sessions,
  knowledge,
  transcripts,
  requests,
  idempotency,
  operatorSessions,
  chats,
  nodes,
  parts,
  keyCeilings,
  rooms,
  knowledgeWords,
  keyCeilingsExact,
  seats,
  knowledgeSources,
  chunkVectors,
]
