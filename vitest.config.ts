import { defineConfig } from 'vitest/config'

const never = ['**/node_modules/**', '**/dist/**']

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/**/*.test.{ts,tsx}', 'tools/**/*.test.ts'],
          exclude: never,
          globalSetup: ['tools/postgres/global-setup.ts'],
          // Ten times faster; a unit test leaves nothing behind for the next one to find.
          isolate: false,
          // A hang must end; how fast a busy machine is proves nothing.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'acceptance',
          include: ['acceptance/**/*.test.ts'],
          exclude: never,
          globalSetup: ['tools/postgres/global-setup.ts'],
          // Real servers, browsers and crashes: one file at a time, so that none starves another.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
