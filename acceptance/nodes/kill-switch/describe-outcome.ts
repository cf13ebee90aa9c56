import type { Outcome } from './run-seed.ts'

/** The figures of a run in one line. */
export function describeOutcome(outcome: Outcome): string {
  const met = Object.entries(outcome.met)
    .sort(([, a], [, b]) => b - a)
    .map(([how, count]) => `${how} ${count}`)
  return (
    `${outcome.endings} endings (${outcome.underFaults} with one node stopped and one cut off, ${outcome.calledAgain} called again), ` +
    `median ${outcome.medianMs} ms, slowest ${outcome.slowestMs} ms. Uses accepted before: ${outcome.acceptedBefore} ` +
    `(${outcome.accepted} of all sessions). After: ${outcome.refusedAfter} refused, ${outcome.unansweredAfter} sent on open ` +
    `lines and not answered; newcomers met with: ${met.join(', ')}. Latest frame ${outcome.latestFrameMs.toFixed(0)} ms after ` +
    `the return (of which up to ${outcome.latestFrameLagMs.toFixed(0)} ms in the reader itself). Accepted after the return: ${outcome.broken.length}.`
  )
}
