import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { checkLockfile } from './check-lockfile.ts'

const made: string[] = []
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const pinned = { version: '1.0.0', integrity: 'sha512-x' }
const sound = {
  '': { devDependencies: { parser: '1.0.0' } },
  'packages/core': { dependencies: { uuid: '1.0.0' } },
  'node_modules/@parlor/core': { link: true, resolved: 'packages/core' },
  'node_modules/parser': { ...pinned, optionalDependencies: { 'parser-linux': '1.0.0' }, dependencies: { deep: '1' } },
  'node_modules/parser-linux': pinned,
  'node_modules/parser/node_modules/deep': { ...pinned, dependencies: { uuid: '1.0.0' } },
  'node_modules/uuid': pinned,
}

function check(packages: Record<string, unknown>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'lockfile-'))
  made.push(root)
  mkdirSync(join(root, 'packages/core'), { recursive: true })
  writeFileSync(join(root, 'package.json'), JSON.stringify(sound['']))
  writeFileSync(join(root, 'packages/core/package.json'), JSON.stringify(sound['packages/core']))
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages }))
  return checkLockfile(root).map(({ what }) => what)
}

test('a lockfile that npm ci takes passes', () => {
  expect(check(sound)).toEqual([])
})

test('a platform that was left out is found', () => {
  const { 'node_modules/parser-linux': _, ...rest } = sound
  expect(check(rest)).toEqual(['node_modules/parser needs parser-linux, which has no entry'])
})

test('a package.json that went on without its lockfile is found', () => {
  expect(check({ ...sound, 'packages/core': { dependencies: { uuid: '2.0.0' } } })).toEqual([
    'packages/core/package.json lists other dependencies than the lockfile',
  ])
})

test('a package without a hash, or with the address it came from, is found', () => {
  expect(check({ ...sound, 'node_modules/uuid': { version: '1.0.0' } })).toEqual([
    'node_modules/uuid is not pinned by hash',
  ])
  expect(check({ ...sound, 'node_modules/uuid': { ...pinned, resolved: 'x' } })).toEqual([
    'node_modules/uuid names where it came from',
  ])
})
