import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { environment } from './tools/environment.ts'

const never = ['**/node_modules/**', '**/dist/**']
const globalSetup = ['tools/postgres/global-setup.ts']

// A hang must end; how fast a busy machine is proves nothing.
const expectTimes = { expect: { poll: { timeout: 15_000 } } }
const unitTimes = { testTimeout: 60_000, hookTimeout: 60_000, ...expectTimes }
const acceptanceTimes = { testTimeout: 120_000, hookTimeout: 120_000, ...expectTimes }

/** Groups of files, one after another; those of one group share its workers. */
const groups = {
  /** They compute: as many at once as there are processors. */
  beside: { sequence: { groupOrder: 0 }, maxWorkers: Math.max(2, availableParallelism() - 1) },
  /** Real servers and browsers, each test with its own: they wait for most of their time. */
  fromOutside: { sequence: { groupOrder: 1 }, maxWorkers: 3 },
  /** What measures time, pictures or sound, and waits even more: last, and only two at a time. */
  timed: { sequence: { groupOrder: 2 }, maxWorkers: 2 },
}

const mediaTests = ['packages/providers/livekit/**/*.test.ts', 'tools/livekit/run-server.test.ts']

/** Beside the code, but with a real media server, which may have to be built first: late, so that nobody waits for that. */
const media = {
  test: {
    name: 'media',
    include: mediaTests,
    exclude: never,
    isolate: false,
    ...groups.timed,
    ...unitTimes,
  },
}

const unit = {
  test: {
    name: 'unit',
    include: ['packages/**/*.test.{ts,tsx}', 'tools/**/*.test.ts'],
    exclude: [...never, ...mediaTests],
    globalSetup,
    // Ten times faster; a unit test leaves nothing behind for the next one to find.
    isolate: false,
    ...groups.beside,
    ...unitTimes,
  },
}

/** Left to a run over Postgres alone, but for one file that shows a room there, and one that shows the SDK. */
const slowOnes = ['browser/**', 'rooms/!(passes).test.ts', 'sdk/!(client).test.ts'].map(
  (files) => `acceptance/${files}`,
)
const timed = ['rooms', 'nodes', 'nodes/chaos', 'nodes/kill-switch', 'nodes/unread']
const timedOnes = timed.map((folder) => `acceptance/${folder}/*.test.ts`)

/** Over SQLite, but for those about faults of Postgres, which bring their own. */
const acceptance = {
  test: {
    name: 'acceptance',
    include: ['acceptance/**/*.test.ts'],
    exclude: [...never, ...timedOnes],
    globalSetup,
    ...groups.fromOutside,
    ...acceptanceTimes,
  },
}

/** Rooms, over SQLite, whose pictures and sound are measured, and many nodes, which are timed and bring a Postgres with them. */
const acceptanceTimed = {
  test: {
    name: 'acceptance-timed',
    include: timedOnes,
    exclude: never,
    globalSetup,
    ...groups.timed,
    ...acceptanceTimes,
  },
}

/**
 * The same files once more. A store is as many steps away from a browser or a media room as from a socket, so most of those
 * are left to a run of its own.
 */
const acceptanceOverPostgres = {
  test: {
    name: 'acceptance-postgres',
    include: ['acceptance/**/*.test.ts'],
    exclude: [...never, 'acceptance/nodes/**', ...(environment.isForPostgres() ? [] : slowOnes)],
    setupFiles: ['acceptance/harness/use-postgres.ts'],
    globalSetup,
    ...(environment.isForPostgres() ? groups.timed : groups.fromOutside),
    ...acceptanceTimes,
  },
}

/** Whole servers inside the test's process, over Postgres too. */
const serverOverPostgres = {
  test: {
    name: 'server-postgres',
    include: ['packages/server/{admission,admin,mcp,wires}/**/*.test.ts'],
    exclude: never,
    globalSetup,
    isolate: false,
    provide: { houseStore: 'postgres' as const },
    ...groups.beside,
    ...unitTimes,
  },
}

const overPostgres = [serverOverPostgres, acceptanceOverPostgres]

export default defineConfig({
  test: {
    projects: environment.isForPostgres() ? overPostgres : [unit, acceptance, ...overPostgres, acceptanceTimed, media],
  },
})
