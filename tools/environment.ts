import { homedir } from 'node:os'
import { join } from 'node:path'

/** The only file of the tools that reads the environment. */
export const environment = {
  /** On a build machine a skipped test is a failure. */
  isCi: (): boolean => !['', '0', 'false'].includes(process.env.CI ?? ''),
  /** The browser somebody chose for the tests, as a path or a name on PATH. */
  testBrowser: (): string | undefined => process.env.PARLOR_TEST_BROWSER || undefined,
  /** The Postgres somebody chose for the tests; each test makes databases of its own in it. */
  databaseUrl: (): string | undefined => process.env.DATABASE_URL || undefined,
  /** Whether the tests are run over Postgres alone, and then all that can be. */
  isForPostgres: (): boolean => process.env.PARLOR_TEST_STORE === 'postgres',
  /** The media server somebody chose for the tests, as a path or a name on PATH. */
  testLiveKit: (): string | undefined => process.env.PARLOR_TEST_LIVEKIT || undefined,
  /** More Nodes the published SDK is run on: paths, one after another as in PATH. */
  testNodes: (): string | undefined => process.env.PARLOR_TEST_NODES || undefined,
  /** Where tests may listen, such as `21000-28999`: below the ports a system lends to outgoing connections. */
  testPorts: (): string => process.env.PARLOR_TEST_PORTS || '21000-28999',
  /** Which worker of a test run this is, from 1; 0 where it is none. */
  testWorker: (): number => Number(process.env.VITEST_POOL_ID ?? 0),
  /** Where this user keeps what can be made again. */
  cacheFolder: (): string => process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
  searchPath: (): string => process.env.PATH ?? '',
  /** What a child process gets: all of ours, and `more`. */
  with: (more: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({ ...process.env, ...more }),
}
