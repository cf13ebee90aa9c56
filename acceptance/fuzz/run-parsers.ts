import { fuzzDocuments } from './fuzz-documents.ts'
import { fuzzHeaders } from './fuzz-headers.ts'
import { type FuzzStage, judgeServer, type Round } from './fuzz-stage.ts'
import { fuzzTokens } from './fuzz-tokens.ts'

/** One round on what else reads what strangers send. */
export async function fuzzParsers(stage: FuzzStage, { seed, shots }: Round): Promise<void> {
  await fuzzTokens(stage, { seed: seed + 2, shots: shots * 2 })
  await fuzzHeaders(stage, { seed: seed + 3, shots: shots * 3 })
  await fuzzDocuments(stage, { seed: seed + 4, shots })
  await judgeServer(stage)
}
