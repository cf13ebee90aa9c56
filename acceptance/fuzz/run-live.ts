import { sendControlVisitor } from './control-visitor.ts'
import { type FuzzStage, judgeServer, type Round } from './fuzz-stage.ts'
import { fuzzTalks } from './live-talk.ts'
import { fuzzWire } from './raw-wire.ts'

/** One round on the live socket, with a visitor beside it who must not notice. */
export async function fuzzLive(stage: FuzzStage, { seed, shots }: Round): Promise<void> {
  const visitor = await sendControlVisitor(stage)
  await fuzzTalks(stage, { seed, shots })
  await fuzzWire(stage, { seed: seed + 1, shots })
  const answered = await visitor.leave()
  for (let count = 0; count < answered; count++) stage.count('answers to the control visitor')
  await judgeServer(stage)
}
