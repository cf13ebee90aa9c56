import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type BrowserSearch, findBrowser } from './find-browser.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'browsers-'))
  mkdirSync(join(folder, 'node_modules/playwright-core'), { recursive: true })
  writeFileSync(join(folder, 'node_modules/playwright-core/cli.js'), '')
  vi.stubEnv('PATH', folder)
  vi.stubEnv('PARLOR_TEST_BROWSER', '')
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

/** A program in the only folder of PATH. */
function program(name: string, exitCode: number, does = ''): string {
  const path = join(folder, name)
  writeFileSync(path, `#!/bin/sh\n${does}\nexit ${exitCode}\n`)
  chmodSync(path, 0o755)
  return path
}

async function search(more: Partial<BrowserSearch> = {}) {
  const said: string[] = []
  const print = (line: string) => said.push(line)
  const found = await findBrowser({
    root: folder,
    print,
    mayInstall: false,
    downloaded: async () => undefined,
    ...more,
  })
  return { found, said: said.map((line) => line.replace(/[;,].*/, '').trim()) }
}

test('the browser somebody chose is taken before any other', async () => {
  program('chromium', 0)
  vi.stubEnv('PARLOR_TEST_BROWSER', program('my-browser', 0))
  expect((await search()).found).toEqual({ path: join(folder, 'my-browser') })
})

test('a chosen browser that does not run is said, not replaced', async () => {
  program('chromium', 0)
  vi.stubEnv('PARLOR_TEST_BROWSER', program('my-browser', 1))
  expect((await search()).found).toEqual({
    reason: `PARLOR_TEST_BROWSER names ${join(folder, 'my-browser')}, which does not run`,
  })
})

test('a stub that only names a package to install is passed over', async () => {
  program('chromium-browser', 1)
  program('google-chrome', 0)
  expect((await search()).found).toEqual({ path: join(folder, 'google-chrome') })
})

test('where none is there and packages may be installed, it says so and installs one', async () => {
  const stub = `#!/bin/sh`
  program(
    'apt-get',
    0,
    `[ "$1" = update ] || { echo '${stub}' > ${folder}/chromium && /bin/chmod +x ${folder}/chromium; }`,
  )
  expect(await search({ mayInstall: true })).toEqual({
    found: { path: join(folder, 'chromium') },
    said: ['browser: none found'],
  })
})

test('where installing fails, it says so and goes on to the download', async () => {
  program('apt-get', 1)
  let fetched = false
  const downloaded = async () => {
    if (fetched) return '/opt/chromium'
    fetched = true
    return undefined
  }
  expect(await search({ mayInstall: true, downloaded })).toEqual({
    found: { path: '/opt/chromium' },
    said: ['browser: none found', 'browser: apt-get update failed', 'browser: none found'],
  })
})

test('where nothing helps, the reason is there to be printed', async () => {
  const { found } = await search()
  expect(found).toEqual({ reason: 'there is no Chromium here and none could be installed or downloaded' })
})
