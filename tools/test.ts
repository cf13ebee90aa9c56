import { join } from 'node:path'
import { buildWidget } from './check-bundles.ts'
import { runChecks } from './checks.ts'
import { environment } from './environment.ts'
import { type Counts, countsLine, hasFailed } from './testing/count-results.ts'
import { findBrowser } from './testing/find-browser.ts'
import { runVitest } from './testing/run-vitest.ts'

const root = join(import.meta.dirname, '..')
const print = (line: string) => console.log(line)
/** Only over Postgres, and then also the files for which the whole run has no time. */
const isForPostgres = process.argv[2] === '--postgres'
const filters = process.argv.slice(isForPostgres ? 3 : 2)
const isWhole = filters.length === 0 && !isForPostgres

const counts: Counts = { passed: 0, failed: 0, skipped: 0 }
if (isWhole) {
  print(
    'Parlor’s tests: the checks first, then the tests beside the code, then those from outside with a real browser.',
  )
  const checks = await runChecks(root, print)
  counts.passed += checks.passed.length
  counts.failed += checks.failed.length
  print('  stores: what is tested from outside runs over SQLite, and again over Postgres, but for two folders:')
  print('    acceptance/browser runs over SQLite only, to save minutes; npm run test:postgres runs it over Postgres')
  print('    acceptance/nodes runs once: it is about many servers over one Postgres')
} else if (isForPostgres) {
  print('Parlor’s tests of whole servers, over Postgres, in a real browser as well; the checks run with npm test only.')
} else {
  print(`Parlor’s tests under ${filters.join(', ')}; the checks run without a filter only.`)
}

const tests = await runVitest({ root, filters, variables: await variablesForTests() })
counts.passed += tests.passed
counts.failed += tests.failed
counts.skipped += tests.skipped
if (counts.skipped > 0 && environment.isCi()) print('CI is set, so a skipped test is a failure.')
process.exitCode = hasFailed(counts, environment.isCi()) ? 1 : 0
print(countsLine(counts))

/** Acceptance tests need a browser and a built widget; the checks have built the widget already. */
async function variablesForTests(): Promise<Record<string, string>> {
  const store = { PARLOR_TEST_STORE: isForPostgres ? 'postgres' : '' }
  if (filters.length > 0 && !filters.some((filter) => filter.includes('acceptance'))) return store
  if (!isWhole) await buildWidget(join(root, 'packages/widget'))
  const browser = await findBrowser({ root, print })
  if ('path' in browser) {
    print(`  browser: ${browser.path}`)
    return { ...store, PARLOR_TEST_BROWSER: browser.path }
  }
  print(`  browser: ${browser.reason}; the tests that need one are skipped`)
  return { ...store, PARLOR_TEST_BROWSER: '' }
}
