import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { findBrowser } from './find-browser.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'browsers-'))
  vi.stubEnv('PATH', folder)
  vi.stubEnv('PARLOR_TEST_BROWSER', '')
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

/** A program that answers to anything with an exit code. */
function program(name: string, exitCode: number): string {
  const path = join(folder, name)
  writeFileSync(path, `#!/bin/sh\nexit ${exitCode}\n`)
  chmodSync(path, 0o755)
  return path
}

const search = () => findBrowser({ root: folder, print: () => {} })

test('the browser somebody chose is taken before any other', async () => {
  program('chromium', 0)
  vi.stubEnv('PARLOR_TEST_BROWSER', program('my-browser', 0))
  expect(await search()).toEqual({ path: join(folder, 'my-browser') })
})

test('a chosen browser that does not run is said, not replaced', async () => {
  program('chromium', 0)
  vi.stubEnv('PARLOR_TEST_BROWSER', program('my-browser', 1))
  expect(await search()).toEqual({
    reason: `PARLOR_TEST_BROWSER names ${join(folder, 'my-browser')}, which does not run`,
  })
})

test('a stub that only names a package to install is passed over', async () => {
  program('chromium-browser', 1)
  program('google-chrome', 0)
  expect(await search()).toEqual({ path: join(folder, 'google-chrome') })
})
