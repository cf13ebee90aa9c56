import { expect, test } from 'vitest'
import { countResults, countsLine, hasFailed, type VitestReport } from './count-results.ts'

const clean: VitestReport = {
  numPassedTests: 7,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
}
const file = (status: string, ...tests: string[]) => ({
  name: 'a.test.ts',
  status,
  assertionResults: tests.map((each) => ({ status: each })),
})

test('a clean run is counted as it is', () => {
  expect(countsLine(countResults(clean, 0))).toBe('7 passed, 0 failed')
})

test('skipped and planned tests are named', () => {
  expect(countsLine(countResults({ ...clean, numPendingTests: 2, numTodoTests: 1 }, 0))).toBe(
    '7 passed, 0 failed, 3 skipped',
  )
})

test('what needs documents that are in no clone is excused, and nothing else', () => {
  const testResults = [
    { ...file('passed', 'skipped', 'passed'), name: '/x/acceptance/sdk/seed-blocks.test.ts' },
    file('passed', 'skipped'),
  ]
  expect(countResults({ ...clean, numPendingTests: 2, testResults }, 0)).toMatchObject({ skipped: 2, excused: 1 })
})

test('a file that cannot be loaded is a failure', () => {
  const report = { ...clean, numFailedTests: 1, testResults: [file('failed'), file('failed', 'passed', 'failed')] }
  expect(countResults(report, 1).failed).toBe(2)
})

test('a run that ends badly with every test passed is a failure', () => {
  expect(countResults(clean, 1).failed).toBe(1)
  expect(countResults(clean, null).failed).toBe(1)
})

test('a run without a report is a failure', () => {
  expect(countResults(undefined, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 })
})

test('a skipped test fails a run on a build machine only', () => {
  const skipping = { passed: 7, failed: 0, skipped: 1 }
  expect([hasFailed(skipping, false), hasFailed(skipping, true)]).toEqual([false, true])
  expect(hasFailed({ ...skipping, excused: 1 }, true)).toBe(false)
  expect(hasFailed({ ...skipping, skipped: 2, excused: 1 }, true)).toBe(true)
  expect(hasFailed({ passed: 7, failed: 1, skipped: 0 }, false)).toBe(true)
  expect(hasFailed({ passed: 7, failed: 0, skipped: 0 }, true)).toBe(false)
})
