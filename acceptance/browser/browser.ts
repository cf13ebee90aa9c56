import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'

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
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: requirePath(), args })
}

/** Starts Chromium with a microphone that hears `soundFile` once, or beeps, and sound nobody has to allow. */
export async function launchMediaBrowser(soundFile?: string): Promise<Browser> {
  const media = [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    '--autoplay-policy=no-user-gesture-required',
    ...(soundFile === undefined ? [] : [`--use-file-for-fake-audio-capture=${soundFile}%noloop`]),
  ]
  return chromium.launch({ executablePath: requirePath(), args: [...args, ...media] })
}

/** Starts Chromium with a profile of its own whose owner changed these settings. The folder is removed at the end. */
export async function launchProfile(preferences: object): Promise<BrowserContext> {
  const folder = mkdtempSync(join(tmpdir(), 'parlor-profile-'))
  mkdirSync(join(folder, 'Default'))
  writeFileSync(join(folder, 'Default', 'Preferences'), JSON.stringify(preferences))
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: requirePath(),
    args,
    locale: 'en-GB',
  })
  context.on('close', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return context
}

function requirePath(): string {
  if (!browserPath) throw new Error(noBrowser)
  return browserPath
}

function findOnPath(): string | undefined {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)]
  return folders.map((folder) => join(folder, 'chromium')).find((file) => existsSync(file))
}
