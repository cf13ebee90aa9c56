import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'

const made: string[] = []
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** Runs `.ci/run` with an `npm` that only says its lines. */
function runWith(npm: string): { status: number | null; last: string | undefined } {
  const folder = mkdtempSync(join(tmpdir(), 'ci-run-'))
  made.push(folder)
  writeFileSync(join(folder, 'npm'), `#!/bin/sh\n${npm}\n`, { mode: 0o755 })
  const script = join(import.meta.dirname, '../../.ci/run')
  const env = { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}` }
  const { status, stdout } = spawnSync('sh', [script], { encoding: 'utf8', env })
  return { status, last: stdout.trimEnd().split('\n').at(-1) }
}

test('the counts stay the last line, once', () => {
  expect(runWith('[ "$1" = ci ] || echo "7 passed, 0 failed"')).toEqual({ status: 0, last: '7 passed, 0 failed' })
})

test('a failing run fails, and its counts come after what npm adds', () => {
  const npm = '[ "$1" = ci ] && exit 0; echo "7 passed, 2 failed, 1 skipped"; echo "npm error" >&2; exit 3'
  expect(runWith(npm)).toEqual({ status: 3, last: '7 passed, 2 failed, 1 skipped' })
})

test('an install that fails is one failure', () => {
  expect(runWith('echo "npm error"; exit 1')).toEqual({ status: 1, last: '0 passed, 1 failed' })
})
