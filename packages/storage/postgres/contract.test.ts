import {
  describeAccountStore,
  describeAgentStore,
  describeChatStore,
  describeIdempotencyStore,
  describeKnowledgeStore,
  describeOperatorSessionStore,
  describeRequestLog,
  describeSessionStore,
  describeSigningKeyStore,
  describeTranscriptStore,
} from '../contract/index.ts'
import { openForTest } from './testing/open-for-test.ts'

describeAccountStore(openForTest)
describeSigningKeyStore(openForTest)
describeAgentStore(openForTest)
describeSessionStore(openForTest)
describeKnowledgeStore(openForTest)
describeTranscriptStore(openForTest)
describeChatStore(openForTest)
describeRequestLog(openForTest)
describeIdempotencyStore(openForTest)
describeOperatorSessionStore(openForTest)
