import { defineConfig } from 'vitest/config'
import { environment } from './tools/environment.ts'

const never = ['**/node_modules/**', '**/dist/**']
const globalSetup = ['tools/postgres/global-setup.ts']

// A hang must end; how fast a busy machine is proves nothing.
const unitTimes = { testTimeout: 60_000, hookTimeout: 60_000 }
const acceptanceTimes = { testTimeout: 120_000, hookTimeout: 120_000 }

/** Real servers, browsers and crashes: one file at a time, so that none starves another. */
const fromOutside = { globalSetup, fileParallelism: false, ...acceptanceTimes }

const mediaTests = ['packages/providers/livekit/**/*.test.ts', 'tools/livekit/run-server.test.ts']

/** Beside the code, but with a real media server, which may have to be built first: last, so that nobody waits for that. */
const media = {
  test: {
    name: 'media',
    include: mediaTests,
    exclude: never,
    sequence: { groupOrder: 1 },
    isolate: false,
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
    ...unitTimes,
  },
}

const slowOnes = ['browser', 'rooms', 'sdk'].map((folder) => `acceptance/${folder}/**`)

/** Over SQLite, but for those about many nodes, which bring a Postgres with them. */
const acceptance = {
  test: { name: 'acceptance', include: ['acceptance/**/*.test.ts'], exclude: never, ...fromOutside },
}

/**
 * The same files once more. A store is as many steps away from a browser or a media room as from a socket, so those are left to a
 * run of its own.
 */
const acceptanceOverPostgres = {
  test: {
    name: 'acceptance-postgres',
    include: ['acceptance/**/*.test.ts'],
    exclude: [...never, 'acceptance/nodes/**', ...(environment.isForPostgres() ? [] : slowOnes)],
    setupFiles: ['acceptance/harness/use-postgres.ts'],
    ...fromOutside,
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
    ...unitTimes,
  },
}

const overPostgres = [serverOverPostgres, acceptanceOverPostgres]

export default defineConfig({
  test: { projects: environment.isForPostgres() ? overPostgres : [unit, acceptance, ...overPostgres, media] },
})
