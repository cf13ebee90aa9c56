import { describe, expect, test } from 'vitest'
import { openForTest } from '../sqlite/testing/open-for-test.ts'
import { agentFaults } from './agent-faults.ts'
import { brokenBy, type Fault } from './break-store.ts'
import { chatFaults } from './chat-faults.ts'
import { idempotencyFaults, operatorSessionFaults, requestLogFaults } from './history-faults.ts'
import {
  accountStoreCases,
  agentStoreCases,
  type ContractCase,
  chatStoreCases,
  idempotencyStoreCases,
  knowledgeStoreCases,
  operatorSessionStoreCases,
  requestLogCases,
  runCase,
  sessionStoreCases,
  signingKeyStoreCases,
  transcriptStoreCases,
} from './index.ts'
import { accountFaults, knowledgeFaults, signingKeyFaults, transcriptFaults } from './other-faults.ts'
import { sessionFaults } from './session-faults.ts'

/** The contract is worth what it notices: each fault must make the sentence that forbids it fail. */
function describeFaults(port: string, cases: readonly ContractCase[], faults: readonly Fault[]): void {
  describe(`a broken ${port}`, () => {
    for (const fault of faults) {
      test(`that ${fault.name} is noticed`, async () => {
        const [noticing, ...others] = cases.filter(({ name }) => name.includes(fault.noticedBy))
        expect(others).toEqual([])
        if (noticing === undefined) throw new Error(`No case says "${fault.noticedBy}".`)
        await expect(runCase(noticing.run, brokenBy(fault, openForTest))).rejects.toThrow()
      })
    }
  })
}

describeFaults('AccountStore', accountStoreCases, accountFaults)
describeFaults('SigningKeyStore', signingKeyStoreCases, signingKeyFaults)
describeFaults('AgentStore', agentStoreCases, agentFaults)
describeFaults('SessionStore', sessionStoreCases, sessionFaults)
describeFaults('KnowledgeStore', knowledgeStoreCases, knowledgeFaults)
describeFaults('TranscriptStore', transcriptStoreCases, transcriptFaults)
describeFaults('ChatStore', chatStoreCases, chatFaults)
describeFaults('RequestLog', requestLogCases, requestLogFaults)
describeFaults('IdempotencyStore', idempotencyStoreCases, idempotencyFaults)
describeFaults('OperatorSessionStore', operatorSessionStoreCases, operatorSessionFaults)
