import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import { environment } from '../environment.ts'

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
  const { print, mayInstall = isRootOnDebian(), downloaded = playwrightBrowser } = search
  const chosen = environment.testBrowser()
  if (chosen) {
    const path = runnable(chosen)
    return path ? { path } : { reason: `PARLOR_TEST_BROWSER names ${chosen}, which does not run` }
  }
  const present = names.map(runnable).find((path) => path !== undefined) ?? (await downloaded())
  const path = present ?? (mayInstall ? installFromDebian(print) : undefined)
  if (path) return { path }
  print('  browser: none found; downloading Playwright’s Chromium')
  const cli = join(search.root, 'node_modules/playwright-core/cli.js')
  spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: ['ignore', 'inherit', 'inherit'] })
  const fetched = await downloaded()
  return fetched ? { path: fetched } : { reason: 'there is no Chromium here and none could be installed or downloaded' }
}

/** The full path of a browser that answers to `--version`; a stub that only names a package to install does not. */
function runnable(name: string): string | undefined {
  const candidates = isAbsolute(name)
    ? [name]
    : environment
        .searchPath()
        .split(delimiter)
        .map((folder) => join(folder, name))
  return candidates.find(
    (file) => isExecutable(file) && spawnSync(file, ['--version'], { timeout: 20_000 }).status === 0,
  )
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function isRootOnDebian(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version')
}

function installFromDebian(print: (line: string) => void): string | undefined {
  print('  browser: none found; installing Debian’s chromium with apt-get, which takes a minute or two')
  const env = environment.with({ DEBIAN_FRONTEND: 'noninteractive' })
  for (const args of [['update'], ['install', '-y', 'chromium']]) {
    const { status } = spawnSync('apt-get', args, { stdio: ['ignore', 'inherit', 'inherit'], env })
    if (status !== 0) {
      print(`  browser: apt-get ${args.join(' ')} failed`)
      return undefined
    }
  }
  return runnable('chromium')
}

async function playwrightBrowser(): Promise<string | undefined> {
  const { chromium } = await import('playwright-core')
  return runnable(chromium.executablePath())
}
