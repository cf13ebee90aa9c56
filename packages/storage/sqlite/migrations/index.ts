import { accounts } from './0001-accounts.ts'
import { agents } from './0002-agents.ts'
import { sessions } from './0003-sessions.ts'
import { knowledge } from './0004-knowledge.ts'
import { transcripts } from './0005-transcripts.ts'
import { requests } from './0006-requests.ts'
import { idempotency } from './0007-idempotency.ts'
import { operatorSessions } from './0008-operator-sessions.ts'
import { agentUsage } from './0009-agent-usage.ts'
import { accountNames } from './0010-account-names.ts'
import { knowledgeSigns } from './0011-knowledge-signs.ts'
import { sessionTokens } from './0012-session-tokens.ts'
import { projects } from './0013-projects.ts'
import { chats } from './0014-chats.ts'
import { usageByProject } from './0015-usage-by-project.ts'
import { parts } from './0016-parts.ts'
import { keyCeilings } from './0017-key-ceilings.ts'
import { rooms } from './0018-rooms.ts'
import { knowledgeWords } from './0019-knowledge-words.ts'
import { knowledgeFolding } from './0020-knowledge-folding.ts'
import { seats } from './0021-seats.ts'
import { knowledgeSources } from './0022-knowledge-sources.ts'
import { chunkVectors } from './0023-chunk-vectors.ts'
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
  agentUsage,
  accountNames,
  knowledgeSigns,
  sessionTokens,
  projects,
  chats,
  usageByProject,
  parts,
  keyCeilings,
  rooms,
  knowledgeWords,
  knowledgeFolding,
  seats,
  knowledgeSources,
  chunkVectors,
]
