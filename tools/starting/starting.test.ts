import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { isWidgetStale } from './widget-staleness.ts'

const made: string[] = []
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'starting-'))
  made.push(path)
  return path
}

describe('the widget is built anew', () => {
  /** Files with the second at which each was written. */
  function house(files: Record<string, number>): string {
    const root = folder()
    for (const [path, second] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), '')
      utimesSync(join(root, path), second, second)
    }
    return root
  }
  const manifest = 'packages/widget/dist/manifest.json'
  const sources = { 'packages/widget/frame/page.ts': 10, 'packages/live-client/a.ts': 10, 'packages/protocol/b.ts': 10 }

  test('when it was never built', () => {
    expect(isWidgetStale(house(sources))).toBe(true)
  })

  test('not when it is newer than every source', () => {
    expect(isWidgetStale(house({ ...sources, [manifest]: 11 }))).toBe(false)
  })

  test.each(Object.keys(sources))('when %s was changed since', (path) => {
    expect(isWidgetStale(house({ ...sources, [manifest]: 11, [path]: 12 }))).toBe(true)
  })

  test('not for what the build itself wrote', () => {
    expect(isWidgetStale(house({ ...sources, [manifest]: 11, 'packages/widget/dist/embed.js': 12 }))).toBe(false)
  })
})

describe('an old Node', () => {
  const guard = join(import.meta.dirname, '../node-version.cjs')
  const run = (version: string) => {
    const pretend = join(folder(), 'pretend.cjs')
    writeFileSync(pretend, `Object.defineProperty(process, 'version', { value: '${version}' })`)
    return spawnSync(process.execPath, ['--require', pretend, '--require', guard, '-e', 'console.log("ran")'], {
      encoding: 'utf8',
    })
  }

  test('is told in one sentence what to do, and runs nothing', () => {
    const { status, stdout, stderr } = run('v20.20.2')
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^Parlor needs Node 24 or newer and this is v20\.20\.2\. Run `npm ci`.*\n$/)
  })

  test('is not what 24 is', () => {
    expect(run('v24.0.0').stdout).toBe('ran\n')
  })
})
