import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { launchBrowser } from './browser.ts'
import { chatShots } from './chat-shots.ts'
import { openChatStage } from './chat-stage.ts'
import { viewChat } from './chat-view.ts'
import { type Shot, shots } from './shots.ts'
import { openStage, type Stage } from './stage.ts'
import { startDemo } from './start-demo.ts'
import { viewWidget } from './widget-view.ts'

const root = join(import.meta.dirname, '../..')
const folder = join(root, 'docs/screenshots')
const mostBytes = 150_000

const demo = { name: 'demo', caption: 'The demo: a customer’s page with the widget in it' }

const sizes = { phone: { width: 360, height: 720 }, desktop: { width: 800, height: 720 } } as const

/** Draws every state of the widget anew, and the page that shows them. Names after the command draw only those. */
async function main(wanted: string[]): Promise<void> {
  execFileSync(process.execPath, [join(root, 'packages/widget/build.ts')], { stdio: 'inherit' })
  if (wanted.length === 0) rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const chosen = shots.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
  // Sessions that are to meet a limit need a server of their own.
  for (const messages of new Set(chosen.map(({ limit }) => limit ?? 500))) {
    const stage = await openStage({ PARLOR_LIMIT_MESSAGES: String(messages) })
    try {
      for (const shot of chosen) if ((shot.limit ?? 500) === messages) await take(stage, shot)
    } finally {
      await stage.close()
    }
  }
  if (wanted.length === 0 || wanted.includes(demo.name)) await takeDemo()
  await takeChats(wanted)
  if (wanted.length === 0) writeFileSync(join(root, 'docs/screenshots.md'), describe())
}

async function take(stage: Stage, shot: Shot): Promise<void> {
  const options: BrowserContextOptions = {
    viewport: sizes[shot.size],
    colorScheme: shot.scheme ?? 'light',
    forcedColors: shot.forced ? 'active' : 'none',
    reducedMotion: 'reduce',
    locale: shot.lang ?? 'en-GB',
  }
  const visitor = await stage.openVisitor(options)
  try {
    await shot.play(stage, visitor)
    stage.relay.mend()
    await save(visitor.page, shot.name)
  } finally {
    await visitor.context.close()
  }
}

/** The demo brings a customer's page of its own. */
async function takeDemo(): Promise<void> {
  const { parlor, url } = await startDemo()
  await using _server = parlor
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage({
      viewport: { width: 1100, height: 760 },
      reducedMotion: 'reduce',
      locale: 'en-GB',
    })
    await page.goto(url)
    await viewWidget(page).ask('What is the default body limit?')
    await save(page, demo.name)
  } finally {
    await browser.close()
  }
}

/** The example with a chat of its own brings its own page, too. */
async function takeChats(wanted: string[]): Promise<void> {
  const chosen = chatShots.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
  if (chosen.length === 0) return
  const stage = await openChatStage()
  try {
    for (const { name, size, scheme = 'light', play } of chosen) {
      const viewport = size === 'phone' ? sizes.phone : { width: 1000, height: 700 }
      const visitor = await stage.openVisitor({ viewport, colorScheme: scheme, reducedMotion: 'reduce' })
      await play({ ...visitor, stage, chat: viewChat(visitor.page) })
      stage.relay.mend()
      await save(visitor.page, name)
      await visitor.close()
    }
  } finally {
    await stage.close()
  }
}

async function save(page: Page, name: string): Promise<void> {
  const path = join(folder, `${name}.png`)
  await page.screenshot({ path, caret: 'hide', animations: 'disabled' })
  const { size } = statSync(path)
  console.log(`${name}.png ${size} bytes`)
  if (size > mostBytes) throw new Error(`${name}.png has ${size} bytes, more than ${mostBytes}.`)
}

function describe(): string {
  const rows = [...shots, demo, ...chatShots].map(
    ({ name, caption }) => `${caption}\n\n![${caption}](screenshots/${name}.png)\n`,
  )
  const words =
    'Drawn by `node acceptance/browser/screenshots.ts` in Chromium, one pixel for one pixel, over a small sample knowledge base.'
  return `# What a visitor sees\n\n${words}\n\n${rows.join('\n')}`
}

await main(process.argv.slice(2))
