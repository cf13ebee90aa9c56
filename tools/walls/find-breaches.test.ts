import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { findBreaches } from './find-breaches.ts'

const made: string[] = []
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const manifests = {
  core: { exports: { './*': './*/index.ts' } },
  conversation: { exports: { './*': './*/index.ts' }, dependencies: { '@parlor/core': '0', remark: '1' } },
  protocol: { exports: { '.': './index.ts' } },
  storage: { exports: { './*': './*/index.ts' }, dependencies: { '@parlor/core': '0' } },
  server: { exports: {}, dependencies: { '@parlor/core': '0', '@parlor/storage': '0' } },
  widget: { exports: {}, dependencies: { '@parlor/protocol': '0' } },
  cli: { exports: {}, dependencies: {} },
}

/** What a house of these files breaks, as `file:line what`. A file that is not named is as it should be. */
function breachesOf(files: Record<string, string>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'walls-'))
  made.push(root)
  const sound = {
    'packages/core/session/index.ts': 'export const session = 1\n',
    'packages/storage/sqlite/index.ts': 'export const store = 1\n',
    'packages/protocol/index.ts': 'export const event = 1\n',
    'package.json': JSON.stringify({ devDependencies: { vitest: '5' } }),
    ...Object.fromEntries(
      Object.entries(manifests).map(([name, json]) => [`packages/${name}/package.json`, JSON.stringify(json)]),
    ),
  }
  for (const [path, text] of Object.entries({ ...sound, ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return findBreaches(root).map(({ file, line, what }) => `${file}:${line} ${what}`)
}

test('a house that keeps its walls has no breach, whatever else lies in it', () => {
  expect(breachesOf({ 'packages/server/demo/knowledge/LICENSE': 'text', 'packages/core/v2.0/x.md': '' })).toEqual([])
})

describe('between packages', () => {
  test.each([
    ['a plain import', "import { event } from '@parlor/protocol'"],
    ['a type-only import', "import type { event } from '@parlor/protocol'"],
    ['a re-export', "export * from '@parlor/protocol'"],
    ['a dynamic import', "export const later = () => import('@parlor/protocol')"],
    ['an import type', "export type Later = import('@parlor/protocol').Event"],
    ['a require', "export const old = require('@parlor/protocol')"],
    ['a way round by a relative path', "import { event } from '../../protocol/index.ts'"],
  ])('%s of a package that is not allowed is refused', (_, line) => {
    expect(breachesOf({ 'packages/core/token/sign.ts': `\n${line}\n` })).toEqual([
      'packages/core/token/sign.ts:2 core must not import @parlor/protocol',
    ])
  })

  test('an allowed package that the package.json does not list is refused', () => {
    const files = { 'packages/conversation/turn/reply.ts': "import '@parlor/protocol'" }
    expect(breachesOf(files)).toEqual(['packages/conversation/turn/reply.ts:1 @parlor/protocol is not declared'])
  })

  test('a library that the package.json does not list is refused', () => {
    const files = { 'packages/conversation/turn/reply.ts': "import 'remark'\nimport 'lodash/map.js'" }
    expect(breachesOf(files)).toEqual(['packages/conversation/turn/reply.ts:2 lodash is not declared'])
  })

  test('a package of types is imported by the name of what it describes', () => {
    const manifest = JSON.stringify({ dependencies: { '@types/mdast': '4' } })
    const files = {
      'packages/conversation/package.json': manifest,
      'packages/conversation/turn/a.ts': "import 'mdast'",
    }
    expect(breachesOf(files)).toEqual([])
  })

  test('a test may use the development tools of the root, other files may not', () => {
    const line = "import { test } from 'vitest'"
    expect(breachesOf({ 'packages/core/token/sign.test.ts': line, 'packages/core/token/sign.ts': line })).toEqual([
      'packages/core/token/sign.ts:1 vitest is not declared',
    ])
  })

  test('an import that no exports entry answers is refused', () => {
    const files = { 'packages/widget/frame/page.ts': "import '@parlor/protocol/deep/inside.ts'" }
    expect(breachesOf(files)).toEqual([
      'packages/widget/frame/page.ts:1 @parlor/protocol/deep/inside.ts is not exported by its package',
    ])
  })

  test('an import of a file that is not there is refused', () => {
    const files = { 'packages/core/token/sign.ts': "import './gone.ts'" }
    expect(breachesOf(files)).toEqual(['packages/core/token/sign.ts:1 packages/core/token/gone.ts does not exist'])
  })

  test('a test of the conversation takes a real store; the conversation itself does not', () => {
    const line = "import { store } from '@parlor/storage/sqlite'"
    const files = { 'packages/conversation/turn/reply.test.ts': line, 'packages/conversation/turn/reply.ts': line }
    expect(breachesOf(files)).toEqual([
      'packages/conversation/turn/reply.ts:1 conversation must not import @parlor/storage',
    ])
  })

  test('a test starts a media server with the tool for it; the code beside it does not, and takes no other tool', () => {
    const line = "import { runServer } from '../../../tools/livekit/run-server.ts'"
    const files = {
      'tools/livekit/run-server.ts': 'export const runServer = 1',
      'tools/start.ts': 'export const start = 1',
      'packages/core/token/sign.test.ts': `${line}\nimport { start } from '../../../tools/start.ts'`,
      'packages/core/token/sign.ts': line,
    }
    expect(breachesOf(files)).toEqual([
      'packages/core/token/sign.test.ts:2 tools/start.ts is outside packages/',
      'packages/core/token/sign.ts:1 tools/livekit/run-server.ts is outside packages/',
    ])
  })

  test('the acceptance tests import none of our packages', () => {
    const files = { 'acceptance/create.test.ts': "import { session } from '../packages/core/session/index.ts'" }
    expect(breachesOf(files)).toEqual(['acceptance/create.test.ts:1 acceptance must not import @parlor/core'])
  })
})

describe('inside the server', () => {
  test('only compose-stores.ts names a store', () => {
    const line = "import { store } from '@parlor/storage/sqlite'"
    expect(breachesOf({ 'packages/server/compose-stores.ts': line, 'packages/server/app.ts': line })).toEqual([
      'packages/server/app.ts:1 only compose-stores.ts of server may import @parlor/storage',
    ])
  })

  test('a wire imports neither another wire nor a neighbouring folder', () => {
    const files = {
      'packages/server/wires/widget-v1/create-session.ts': "import '../chat-rpc/create.ts'\nimport '../../live/hub.ts'",
      'packages/server/wires/chat-rpc/create.ts': 'export const create = 1',
      'packages/server/live/hub.ts': 'export const hub = 1',
    }
    expect(breachesOf(files)).toEqual([
      'packages/server/wires/widget-v1/create-session.ts:1 wires/widget-v1/ must not import wires/chat-rpc/',
      'packages/server/wires/widget-v1/create-session.ts:2 wires/ must not import live/',
    ])
  })

  test('what is inside does not import what composes it', () => {
    const files = { 'packages/server/http/route.ts': "import '../app.ts'", 'packages/server/app.ts': '' }
    expect(breachesOf(files)).toEqual(['packages/server/http/route.ts:1 http/ must not import app.ts'])
  })

  test('only config/env.ts reads the environment', () => {
    const text = 'export const port = process.env.PORT'
    const files = { 'packages/server/config/env.ts': text, 'packages/server/config/defaults.ts': text }
    expect(breachesOf(files)).toEqual(['packages/server/config/defaults.ts:1 server must not read process.env here'])
  })
})

describe('what a package may know', () => {
  test.each([
    ['Date.now()', 'Date.now'],
    ["Date['now']()", 'Date.now'],
    ['new Date()', 'new Date()'],
    ['performance.now()', 'performance.now'],
    ['setTimeout(() => {}, 1)', 'setTimeout'],
    ['globalThis.setInterval(() => {}, 1)', 'setInterval'],
    ['process.pid', 'process.pid'],
  ])('core and conversation must not use %s', (code, name) => {
    const text = `export const x = () => ${code}\n`
    const files = { 'packages/core/session/end.ts': text, 'packages/conversation/turn/reply.ts': text }
    expect(breachesOf(files)).toEqual([
      `packages/conversation/turn/reply.ts:1 conversation must not use ${name}`,
      `packages/core/session/end.ts:1 core must not use ${name}`,
    ])
  })

  test('core may turn a given time into a date', () => {
    const text = 'export const at = (ms: number) => new Date(ms).toISOString()\n'
    expect(breachesOf({ 'packages/core/session/end.ts': text })).toEqual([])
  })

  test('core imports node:crypto where it hashes and makes ids, and nothing else of Node', () => {
    const line = "import 'node:crypto'"
    const files = {
      'packages/core/token/sign.ts': line,
      'packages/core/origin/rule.ts': line,
      'packages/core/token/read.ts': "import 'node:fs'",
    }
    expect(breachesOf(files)).toEqual([
      'packages/core/origin/rule.ts:1 origin/rule.ts must not import node:crypto',
      'packages/core/token/read.ts:1 token/read.ts must not import node:fs',
    ])
  })

  test('what runs in a browser imports nothing of Node; its build does', () => {
    const line = "import 'node:fs'"
    expect(breachesOf({ 'packages/widget/frame/page.ts': line, 'packages/widget/build.ts': line })).toEqual([
      'packages/widget/frame/page.ts:1 widget runs in browsers and must not import node:fs',
    ])
  })

  test('the command reads the environment in one file of its choice', () => {
    const text = 'export const key = process.env.PARLOR_API_KEY'
    expect(breachesOf({ 'packages/cli/environment.ts': text, 'packages/cli/login.ts': text })).toEqual([
      'packages/cli/login.ts:1 cli reads process.env in a second file',
    ])
  })
})

describe('where a file stands', () => {
  test('a folder without a caption is refused', () => {
    expect(breachesOf({ 'packages/core/things/thing.ts': '' })).toEqual([
      'packages/core/things/thing.ts:1 core has no folder things/',
    ])
  })

  test('a name that says nothing is refused', () => {
    expect(breachesOf({ 'packages/server/http/utils.ts': '' })).toEqual([
      'packages/server/http/utils.ts:1 "utils" says nothing about what is inside',
    ])
  })

  test('a package without walls is refused', () => {
    expect(breachesOf({ 'packages/annex/index.ts': '' })).toEqual([
      'packages/annex/index.ts:1 the package annex has no walls',
    ])
  })
})

test('an import circle is reported once, with the way round', () => {
  const files = {
    'packages/core/session/a.ts': "import type { B } from './b.ts'\nexport type A = B",
    'packages/core/session/b.ts': "export type { C } from './c.ts'\nexport type B = 1",
    'packages/core/session/c.ts': "import './a.ts'\nimport './leaf.ts'\nexport type C = 1",
    'packages/core/session/leaf.ts': '',
  }
  const [a, b, c] = ['a', 'b', 'c'].map((name) => `packages/core/session/${name}.ts`)
  expect(breachesOf(files)).toEqual([`${a}:1 import circle ${a} -> ${b} -> ${c} -> ${a}`])
})
