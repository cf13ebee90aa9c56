import { type Parlor, startParlor } from '../harness/start-parlor.ts'

/** A server to shoot at, and what was found. */
export interface FuzzStage extends AsyncDisposable {
  parlor: Parlor
  agentId: string
  /** What came of the shots, counted by kind. */
  counts: Map<string, number>
  count(kind: string): void
  /** What must not be. */
  faults: string[]
  fault(what: string): void
}

/** Shots of one kind of a round. */
export interface Round {
  seed: number
  shots: number
}

const mostFaults = 50

/** Starts a server with an agent over a small knowledge base, and no limits a fuzzer would only meet again and again. */
export async function openFuzzStage(): Promise<FuzzStage> {
  const env = { PARLOR_LOG_LEVEL: 'error', PARLOR_LIMIT_MESSAGES: '1000000' }
  const parlor = await startParlor({ env })
  const hours = '# Hours\n\nThe museum opens at nine in the morning.\n'
  const agentId = await parlor.createAgent({ documents: [{ name: 'hours.md', text: hours }] })
  const counts = new Map<string, number>()
  const faults: string[] = []
  return {
    parlor,
    agentId,
    counts,
    count: (kind) => void counts.set(kind, (counts.get(kind) ?? 0) + 1),
    faults,
    fault: (what) => {
      if (faults.length < mostFaults) faults.push(what.slice(0, 2000))
    },
    [Symbol.asyncDispose]: () => parlor[Symbol.asyncDispose](),
  }
}

/** Runs the shots of a round, a few at a time; what a shot throws is a fault. Each is told by its number. */
export async function shoot(
  stage: FuzzStage,
  { shots }: Round,
  atOnce: number,
  shot: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0
  const lane = async () => {
    while (next < shots) {
      const index = next++
      await shot(index).catch((error: unknown) => stage.fault(`shot ${index}: ${error}`))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
}

/** Looks at the server itself: it still answers, and it said nothing of an error. */
export async function judgeServer(stage: FuzzStage): Promise<void> {
  const { status, text } = await stage.parlor.request('GET', '/health').catch((error: unknown) => ({
    status: 0,
    text: String(error),
  }))
  if (status !== 200) stage.fault(`/health answered ${status}: ${text}`)
  const said = stage.parlor.output().match(/^.*"level":(?:50|60).*$/m)
  if (said !== null) stage.fault(`the log has an error: ${said[0]}`)
}

export function describeCounts({ counts }: FuzzStage): string {
  return [...counts]
    .sort()
    .map(([kind, count]) => `${count} × ${kind}`)
    .join(', ')
}
