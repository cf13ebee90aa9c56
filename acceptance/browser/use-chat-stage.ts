import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { browserPath, noBrowser } from './browser.ts'
import { type ChatStage, type ChatStageOptions, type ChatVisitor, openChatStage } from './chat-stage.ts'

export interface ChatStageInUse extends ChatStage {
  /** Console errors that belong to what the test does; every other one fails it. */
  expectErrors(...patterns: RegExp[]): void
}

/**
 * One browser and one server for a file, fresh contexts for each test. After each test the promises that hold for every page
 * are checked: no other host, no cookie of or for Parlor, nothing stored in the page, no key and no token in an address, no
 * violation of a policy, no error in a console.
 */
export function useChatStage(options: ChatStageOptions = {}): ChatStageInUse {
  const stage = {} as ChatStageInUse
  let visitors: ChatVisitor[] = []
  let expected: RegExp[] = []
  beforeAll(async () => {
    if (!browserPath) return console.warn(noBrowser)
    Object.assign(stage, await openChatStage(options))
    const { openVisitor } = stage
    stage.openVisitor = async (how) => {
      const visitor = await openVisitor(how)
      visitors.push(visitor)
      return visitor
    }
    stage.expectErrors = (...patterns) => expected.push(...patterns)
  })
  beforeEach(({ skip }) => {
    if (!browserPath) skip(noBrowser)
    stage.model.requests.length = 0
    stage.model.always({ does: 'says', words: ['Twelve ', 'euros [1', '].'] })
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
      for (const visitor of seen) await visitor.close()
    }
  })
  afterAll(() => stage.close?.())
  return stage
}

async function expectPromisesKept(stage: ChatStage, visitor: ChatVisitor, allowed: RegExp[]): Promise<void> {
  const { page, watch, cookiesSent } = visitor
  const told = await watch.read()
  const known = [stage.parlorUrl, stage.site.url, stage.otherOrigin, ...watch.ports.flatMap(originsOf)]
  const strangers = watch.addresses.filter((address) => !known.includes(new URL(address).origin))
  expect(strangers, 'requests to other hosts').toEqual([])
  // Every token begins so: it is the beginning of its header.
  expect(
    watch.addresses.filter((address) => address.includes('eyJ')),
    'tokens in addresses',
  ).toEqual([])
  expect(
    watch.cookies.filter((cookie) => !cookie.startsWith('visitor=')),
    'cookies but for the site’s own',
  ).toEqual([])
  expect(cookiesSent, 'cookies sent to Parlor').toEqual([])
  expect(watch.pwned, 'scripts that ran').toEqual([])
  const kept = await page.evaluate(() => localStorage.length + sessionStorage.length)
  expect(kept, 'things the page keeps').toBe(0)
  expect(told.includes(stage.parlor.key), 'the API key in something a browser got').toBe(false)
  const isExpected = (error: string) => allowed.some((pattern) => pattern.test(error))
  expect(
    [...watch.violations, ...watch.errors].filter((one) => !isExpected(one)),
    'violations of a policy and console errors',
  ).toEqual([])
}

function originsOf(port: number): string[] {
  return [`http://localhost:${port}`, `http://127.0.0.1:${port}`]
}
