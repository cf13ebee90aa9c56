/** The part of Vitest's JSON report that is counted. */
export interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { name: string; status: string; assertionResults: { status: string }[] }[]
}

export interface Counts {
  passed: number
  failed: number
  skipped: number
  /** Of the skipped ones, those that need what is in no clone. */
  excused?: number
}

/** It needs the documents the project began from, which `PARLOR_SEEDS` names where they are. */
const needsDocuments = 'acceptance/sdk/seed-blocks.test.ts'

/**
 * Counts a run. A file that could not even be loaded has no failing test in it, so it counts as one; and so does a run
 * that ended badly although every test in it passed, or that left no report.
 */
export function countResults(report: VitestReport | undefined, exitCode: number | null): Counts {
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length
  const failed = report.numFailedTests + broken
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
    excused: report.testResults
      .filter(({ name }) => name.endsWith(needsDocuments))
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status === 'skipped' || status === 'pending').length,
  }
}

/** The last line of a test run: `N passed, N failed`, and the skipped ones where there are any. */
export function countsLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/** Whether a run failed; where nobody looks on, a test that was left out is one that was not passed. */
export function hasFailed({ failed, skipped, excused = 0 }: Counts, isCi: boolean): boolean {
  return failed > 0 || (isCi && skipped > excused)
}
