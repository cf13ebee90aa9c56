import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { environment } from '../environment.ts'
import { findProgram } from './find-program.ts'
import { installFromDebian, mayInstallFromDebian } from './install-from-debian.ts'

export interface BrowserSearch {
  /** Where to run the downloader from. */
  root: string
  print: (line: string) => void
  /** Whether packages may be installed; by default, as root on Debian. */
  mayInstall?: boolean
  /** Where Playwright's own download is, when it is there. */
  downloaded?: () => Promise<string | undefined>
}

export type FoundBrowser = { path: string } | { reason: string }

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/**
 * Finds a Chromium for the tests, or gets one: what `PARLOR_TEST_BROWSER` names, one on the machine, Debian's package
 * when we may install it, else Playwright's own download. Says what it installs; asks nothing.
 */
export async function findBrowser(search: BrowserSearch): Promise<FoundBrowser> {
  const { print, mayInstall = mayInstallFromDebian(), downloaded = playwrightBrowser } = search
  const chosen = environment.testBrowser()
  if (chosen) {
    const path = findProgram(chosen)
    return path ? { path } : { reason: `PARLOR_TEST_BROWSER names ${chosen}, which does not run` }
  }
  const present = names.map((name) => findProgram(name)).find((path) => path !== undefined) ?? (await downloaded())
  const installed = () =>
    mayInstall && installFromDebian({ what: 'browser', name: 'chromium', takes: 'a minute or two', print })
  const path = present ?? (installed() ? findProgram('chromium') : undefined)
  if (path) return { path }
  print('  browser: none found; downloading Playwright’s Chromium')
  const cli = join(search.root, 'node_modules/playwright-core/cli.js')
  spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: ['ignore', 'inherit', 'inherit'] })
  const fetched = await downloaded()
  return fetched ? { path: fetched } : { reason: 'there is no Chromium here and none could be installed or downloaded' }
}

async function playwrightBrowser(): Promise<string | undefined> {
  const { chromium } = await import('playwright-core')
  return findProgram(chromium.executablePath())
}
