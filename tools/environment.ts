const loopback = new Set(['127.0.0.1', '::1', 'localhost'])

/** The only file of the tools that reads the environment. */
export const environment = {
  /** On a build machine a skipped test is a failure. */
  isCi: (): boolean => !['', '0', 'false'].includes(process.env.CI ?? ''),
  /** The browser somebody chose for the tests, as a path or a name on PATH. */
  testBrowser: (): string | undefined => process.env.PARLOR_TEST_BROWSER || undefined,
  searchPath: (): string => process.env.PATH ?? '',
  /** `on` where nobody said anything about the demo and the server is for this machine only. */
  demo: (): Record<string, string> => {
    const { PARLOR_DEMO, HOST } = process.env
    return PARLOR_DEMO || !loopback.has(HOST || '127.0.0.1') ? {} : { PARLOR_DEMO: 'on' }
  },
  /** What a child process gets: all of ours, and `more`. */
  with: (more: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({ ...process.env, ...more }),
}
