import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { findEspeak } from './find-espeak.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'voices-'))
  vi.stubEnv('PATH', folder)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

function program(name: string, does = ''): string {
  const path = join(folder, name)
  writeFileSync(path, `#!/bin/sh\n${does}\n`)
  chmodSync(path, 0o755)
  return path
}

test('a voice that is there is taken, and nothing is installed', () => {
  const path = program('espeak-ng')
  program('apt-get', 'exit 1')
  expect(findEspeak({ print: expect.unreachable, mayInstall: true })).toEqual({ path })
})

test('where none is there and packages may be installed, it says so and installs one', () => {
  program('apt-get', `[ "$1" = update ] || { echo '#!/bin/sh' > ${folder}/$3 && /bin/chmod +x ${folder}/$3; }`)
  const said: string[] = []
  const found = findEspeak({ print: (line) => said.push(line), mayInstall: true })
  expect(found).toEqual({ path: join(folder, 'espeak-ng') })
  expect(said).toHaveLength(1)
  expect(said[0]).toContain('installing Debian’s espeak-ng')
})

test('where it cannot be installed, the reason is there to be printed', () => {
  program('apt-get', 'exit 1')
  const print = () => {}
  expect(findEspeak({ print, mayInstall: true })).toEqual({
    reason: 'there is no espeak-ng here and none could be installed',
  })
  expect(findEspeak({ print, mayInstall: false })).toEqual({ reason: 'there is no espeak-ng here' })
})
