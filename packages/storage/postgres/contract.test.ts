import {
  describeAccountStore,
  describeAgentStore,
  describeChatStore,
  describeIdempotencyStore,
  describeKnowledgeStore,
  describeOperatorSessionStore,
  describeRequestLog,
  describeSeatStore,
  describeSessionStore,
  describeSigningKeyStore,
  describeTranscriptStore,
  describeVectorStore,
} from '../contract/index.ts'
import { openForTest } from './testing/open-for-test.ts'

describeAccountStore(openForTest)
describeSigningKeyStore(openForTest)
describeAgentStore(openForTest)
describeSessionStore(openForTest)
describeSeatStore(openForTest)
describeKnowledgeStore(openForTest)
describeVectorStore(openForTest)
describeTranscriptStore(openForTest)
describeChatStore(openForTest)
describeRequestLog(openForTest)
describeIdempotencyStore(openForTest)
describeOperatorSessionStore(openForTest)
