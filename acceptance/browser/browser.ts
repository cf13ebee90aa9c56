import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

/** Every name under `.test` is this machine, and nothing else can be reached by name. */
const hosts = 'MAP *.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1'

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--host-resolver-rules=${hosts}`,
]

/** Where Chromium is: `PARLOR_TEST_BROWSER`, or one on the machine where that is not set at all. */
export const browserPath = process.env.PARLOR_TEST_BROWSER ?? findOnPath()

export const noBrowser = 'there is no Chromium: set PARLOR_TEST_BROWSER to one'

/** Starts Chromium. @throws Error when there is none. */
export function launchBrowser(more: string[] = []): Promise<Browser> {
  if (!browserPath) throw new Error(noBrowser)
  return chromium.launch({ executablePath: browserPath, args: [...args, ...more] })
}

function findOnPath(): string | undefined {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)]
  return folders.map((folder) => join(folder, 'chromium')).find((file) => existsSync(file))
}
