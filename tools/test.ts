import { join } from 'node:path'
import { buildWidget } from './check-bundles.ts'
import { runChecks } from './checks.ts'
import { environment } from './environment.ts'
import { findServer } from './livekit/find-server.ts'
import { type Counts, countsLine, hasFailed } from './testing/count-results.ts'
import { findBrowser } from './testing/find-browser.ts'
import { findEspeak } from './testing/find-espeak.ts'
import { findNodes } from './testing/find-nodes.ts'
import { runVitest } from './testing/run-vitest.ts'

const startedAt = performance.now()
const root = join(import.meta.dirname, '..')
const print = (line: string) => console.log(line)
/** Only over Postgres, and then also the files for which the whole run has no time. */
const isForPostgres = process.argv[2] === '--postgres'
const filters = process.argv.slice(isForPostgres ? 3 : 2)
const isWhole = filters.length === 0 && !isForPostgres

// Where it has to be built, that goes on beside the checks and the unit tests; whoever needs it waits for it.
const mediaServer = mayMeet('acceptance', 'livekit') ? findServer({ print, isAgain: true }) : null

const counts: Counts = { passed: 0, failed: 0, skipped: 0 }
if (isWhole) {
  print(
    'Parlor’s tests: the checks first, then the tests beside the code, then those from outside with a real browser; last what is timed.',
  )
  const checks = await runChecks(root, print)
  counts.passed += checks.passed.length
  counts.failed += checks.failed.length
  print('  stores: what is tested from outside runs over SQLite, and again over Postgres, but for some folders:')
  print(
    '    browser, and rooms and sdk but for a file of each, run over SQLite only, to save minutes; npm run test:postgres runs all',
  )
  print('    nodes runs once: it is about many servers over one Postgres')
} else if (isForPostgres) {
  print('Parlor’s tests of whole servers, over Postgres, in a real browser as well; the checks run with npm test only.')
} else {
  print(`Parlor’s tests under ${filters.join(', ')}; the checks run without a filter only.`)
}

// A run of a few files has nothing to do meanwhile, and a hook that waited so long would be taken for one that hangs.
if (!isWhole) await mediaServer
const tests = await runVitest({ root, filters, variables: await variablesForTests() })
counts.passed += tests.passed
counts.failed += tests.failed
counts.skipped += tests.skipped
counts.excused = tests.excused ?? 0
const media = await mediaServer
if (media && 'reason' in media) print(`NO MEDIA SERVER: ${media.reason}. What needs a room was skipped, not tested.`)
if (counts.skipped > counts.excused && environment.isCi()) print('CI is set, so a skipped test is a failure.')
print(`The run took ${((performance.now() - startedAt) / 60_000).toFixed(1)} minutes.`)
process.exitCode = hasFailed(counts, environment.isCi()) ? 1 : 0
print(countsLine(counts))

/** Whether the run may come to tests under such a path. */
function mayMeet(...parts: string[]): boolean {
  return filters.length === 0 || filters.some((filter) => parts.some((part) => filter.includes(part)))
}

async function variablesForTests(): Promise<Record<string, string>> {
  const store = { PARLOR_TEST_STORE: isForPostgres ? 'postgres' : '' }
  const nodes = { ...(mayMeet('acceptance/sdk') && { PARLOR_TEST_NODES: findNodes(print) }) }
  return {
    ...store,
    ...nodes,
    ...(mayMeet('acceptance', 'espeak') && voice()),
    ...(mayMeet('acceptance') && (await browser())),
  }
}

/** The avatars of the tests speak with it. */
function voice(): Record<string, string> {
  const found = findEspeak({ print })
  print(`  voice: ${'path' in found ? found.path : `${found.reason}; the tests that need one are skipped`}`)
  return { PARLOR_TEST_ESPEAK: 'path' in found ? found.path : '' }
}

/** Acceptance tests need a browser and a built widget; the checks have built the widget already. */
async function browser(): Promise<Record<string, string>> {
  if (!isWhole) await buildWidget(join(root, 'packages/widget'))
  const found = await findBrowser({ root, print })
  print(`  browser: ${'path' in found ? found.path : `${found.reason}; the tests that need one are skipped`}`)
  return { PARLOR_TEST_BROWSER: 'path' in found ? found.path : '' }
}
