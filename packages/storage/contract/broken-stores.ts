import { describe, expect, test } from 'vitest'
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
  type OpenStores,
  operatorSessionStoreCases,
  requestLogCases,
  runCase,
  seatStoreCases,
  sessionStoreCases,
  signingKeyStoreCases,
  transcriptStoreCases,
  vectorStoreCases,
} from './index.ts'
import { accountFaults, knowledgeFaults, signingKeyFaults, transcriptFaults } from './other-faults.ts'
import { partFaults } from './part-faults.ts'
import { roomFaults } from './room-faults.ts'
import { seatFaults } from './seat-faults.ts'
import { sessionFaults } from './session-faults.ts'
import { vectorFaults } from './vector-faults.ts'

function describeFaults(
  port: string,
  cases: readonly ContractCase[],
  faults: readonly Fault[],
  open: OpenStores,
): void {
  describe(`a broken ${port}`, () => {
    for (const fault of faults) {
      test(`that ${fault.name} is noticed`, async () => {
        const [noticing, ...others] = cases.filter(({ name }) => name.includes(fault.noticedBy))
        expect(others).toEqual([])
        if (noticing === undefined) throw new Error(`No case says "${fault.noticedBy}".`)
        await expect(runCase(noticing.run, brokenBy(fault, open))).rejects.toThrow()
      })
    }
  })
}

/** The contract is worth what it notices: each fault in a store must make the sentence that forbids it fail. */
export function describeBrokenStores(open: OpenStores): void {
  describeFaults('AccountStore', accountStoreCases, accountFaults, open)
  describeFaults('SigningKeyStore', signingKeyStoreCases, signingKeyFaults, open)
  describeFaults('AgentStore', agentStoreCases, [...agentFaults, ...partFaults], open)
  describeFaults('SessionStore', sessionStoreCases, [...sessionFaults, ...roomFaults], open)
  describeFaults('SeatStore', seatStoreCases, seatFaults, open)
  describeFaults('KnowledgeStore', knowledgeStoreCases, knowledgeFaults, open)
  describeFaults('VectorStore', vectorStoreCases, vectorFaults, open)
  describeFaults('TranscriptStore', transcriptStoreCases, transcriptFaults, open)
  describeFaults('ChatStore', chatStoreCases, chatFaults, open)
  describeFaults('RequestLog', requestLogCases, requestLogFaults, open)
  describeFaults('IdempotencyStore', idempotencyStoreCases, idempotencyFaults, open)
  describeFaults('OperatorSessionStore', operatorSessionStoreCases, operatorSessionFaults, open)
}
