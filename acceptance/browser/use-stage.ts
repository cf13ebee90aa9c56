import type { BrowserContext, Frame } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import type { WantedAgent } from '../harness/make-agent.ts'
import type { SessionAnswer } from '../harness/start-parlor.ts'
import { browserPath, noBrowser } from './browser.ts'
import { museum } from './museum.ts'
import { openStage, type Stage, type Visitor } from './stage.ts'

export interface StageInUse extends Stage {
  /** The agent all sessions of this file are for. */
  agentId: string
  /** A session of that agent. */
  createSession(extra?: object): Promise<SessionAnswer>
  /** Console errors that belong to what the test does; every other one fails it. */
  expectErrors(...patterns: RegExp[]): void
}

export interface StageOptions {
  /** Settings of the server. */
  env?: Record<string, string>
  agent?: WantedAgent
}

/**
 * One browser and one server for a file, and fresh contexts for each test. After each test the promises that hold for
 * every page are checked: no other host, no cookie, no storage of the frame, no key, no script of a stranger, no
 * violation of a policy, no error in a console.
 */
export function useStage({ env, agent = museum }: StageOptions = {}): StageInUse {
  const stage = {} as StageInUse
  let visitors: Visitor[] = []
  let expected: RegExp[] = []
  beforeAll(async () => {
    if (!browserPath) return console.warn(noBrowser)
    Object.assign(stage, await openStage(env))
    const { adopt, openVisitor, parlor } = stage
    stage.agentId = await parlor.createAgent(agent)
    stage.createSession = (extra) => parlor.createSession(stage.agentId, extra)
    const remember = async (opening: Promise<Visitor>) => {
      const visitor = await opening
      visitors.push(visitor)
      return visitor
    }
    stage.openVisitor = (options) => remember(openVisitor(options))
    stage.adopt = (context) => remember(adopt(context))
    stage.expectErrors = (...patterns) => expected.push(...patterns)
  })
  beforeEach(({ skip }) => {
    if (!browserPath) skip(noBrowser)
  })
  afterEach(async () => {
    const seen = visitors
    const allowed = expected
    visitors = []
    expected = []
    stage.relay?.mend()
    try {
      for (const visitor of seen) await expectPromisesKept(stage, visitor, allowed)
    } finally {
      for (const { context } of seen) await context.close()
    }
  })
  afterAll(() => stage.close?.())
  return stage
}

async function expectPromisesKept(stage: Stage, { context, watch }: Visitor, allowed: RegExp[]): Promise<void> {
  const told = await watch.read()
  const strangers = watch.addresses.filter((address) => !isKnown(stage, watch.ports, address))
  expect(strangers, 'requests to other hosts').toEqual([])
  // Every token begins so: it is the beginning of its header.
  expect(
    watch.addresses.filter((address) => address.includes('eyJ')),
    'tokens in addresses',
  ).toEqual([])
  expect(watch.cookies, 'Set-Cookie headers').toEqual([])
  expect(await context.cookies(), 'cookies').toEqual([])
  expect(watch.pwned, 'scripts that ran').toEqual([])
  expect(await storageOfFrames(stage, context), 'things the frame keeps').toBe(0)
  const all = [told, JSON.stringify(watch.sent), ...watch.addresses].join('\n')
  expect(all.includes(stage.parlor.key), 'the API key in something a browser got or sent').toBe(false)
  const isExpected = (error: string) => allowed.some((pattern) => pattern.test(error))
  expect(
    [...watch.violations, ...watch.errors].filter((one) => !isExpected(one)),
    'violations of a policy and console errors',
  ).toEqual([])
}

function isKnown({ parlorUrl, site }: Stage, ports: number[], address: string): boolean {
  const url = new URL(address)
  const isPage = url.hostname.endsWith('.test') && [site.port, ...ports].includes(Number(url.port))
  return isPage || url.host === new URL(parlorUrl).host
}

/** How much Parlor's frames keep in the browser. The customer's page may keep the talk; the frame keeps nothing. */
async function storageOfFrames({ parlorUrl }: Stage, context: BrowserContext): Promise<number> {
  const frames = context.pages().flatMap((page) => page.frames())
  const own = frames.filter((frame) => frame.url().startsWith(`${parlorUrl}/embed?`))
  const kept = await Promise.all(
    own.map((frame) => frame.evaluate(countStorage).catch((error) => whenDetached(frame, error))),
  )
  return kept.reduce((sum, count) => sum + count, 0)
}

/** A frame that went away while it was asked keeps nothing. */
function whenDetached(frame: Frame, error: unknown): number {
  if (frame.isDetached()) return 0
  throw error
}

/** Runs in the frame. */
async function countStorage(): Promise<number> {
  try {
    return sessionStorage.length + localStorage.length + (await indexedDB.databases()).length
  } catch {
    // A browser that forbids storage keeps nothing.
    return 0
  }
}
