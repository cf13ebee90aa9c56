import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type FoundServer, findServer } from './find-server.ts'

let folder = ''
let built = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'livekit-'))
  built = join(folder, 'cache/parlor/livekit-server/livekit-server-v1.13.5')
  // Nothing of the machine's own but what a shell script needs.
  vi.stubEnv('PATH', `${join(folder, 'bin')}:/usr/bin:/bin`)
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'))
  vi.stubEnv('PARLOR_TEST_LIVEKIT', '')
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

function program(path: string, does = ''): string {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `#!/bin/sh\n${does}\n`)
  chmodSync(path, 0o755)
  return path
}

/** A Go that notes each build and makes a server of a shell script. */
const goThat = (does: string) =>
  program(join(folder, 'bin/go'), `[ "$1" = version ] && exit 0\necho "$@" >> ${folder}/asked\n${does}`)
const goBuilds = () => goThat('sleep 0.3; echo "#!/bin/sh" > "$GOBIN/server"; chmod +x "$GOBIN/server"')
const asked = (): string[] => readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n')
/** What stands beside the program afterwards. */
const beside = (): string[] => readdirSync(dirname(built)).sort()

test('the server somebody chose is taken before any other, and not replaced where it does not run', async () => {
  program(join(folder, 'bin/livekit-server'))
  const path = program(join(folder, 'mine'))
  vi.stubEnv('PARLOR_TEST_LIVEKIT', path)
  expect(await findServer()).toEqual({ path })
  program(path, 'exit 1')
  expect(await findServer()).toEqual({ reason: `PARLOR_TEST_LIVEKIT names ${path}, which does not run` })
})

test('one on the path is taken before the one built earlier, and that one before building another', async () => {
  goBuilds()
  program(built)
  expect(await findServer()).toEqual({ path: built })
  const path = program(join(folder, 'bin/livekit-server'))
  expect(await findServer()).toEqual({ path })
  expect(existsSync(join(folder, 'asked'))).toBe(false)
})

test('where there is none it is built once, said, and found by everybody who asked meanwhile', async () => {
  goBuilds()
  const said: string[] = []
  const print = (line: string) => said.push(line)
  const found = await Promise.all([findServer({ print }), findServer({ print }), findServer({ print })])
  expect(found).toEqual([{ path: built }, { path: built }, { path: built }])
  expect(asked()).toEqual(['install github.com/livekit/livekit-server/cmd/server@v1.13.5'])
  expect(said.map((line) => line.split(';')[0]?.trim())).toEqual(['LiveKit: none found', 'LiveKit: built'])
  expect(beside()).toEqual(['livekit-server-v1.13.5'])
})

test('a build that fails is tried once in a run, and again in the next', async () => {
  goThat('echo "go: no network" >&2; exit 1')
  const reason = 'LiveKit could not be built: go: no network'
  const all: FoundServer[] = await Promise.all([findServer(), findServer()])
  expect([...all, await findServer()]).toEqual([{ reason }, { reason }, { reason }])
  expect(asked()).toHaveLength(1)
  goBuilds()
  expect(await findServer({ isAgain: true })).toEqual({ path: built })
})

test('what a build that was broken off left behind stops nobody', async () => {
  goBuilds()
  mkdirSync(join(dirname(built), 'workspace-old'), { recursive: true })
  // No process has so high a number.
  writeFileSync(`${built}.building`, '4194999')
  expect(await findServer()).toEqual({ path: built })
  expect(beside()).toEqual(['livekit-server-v1.13.5'])
})

test('a machine that has neither a server nor Go says so', async () => {
  vi.stubEnv('PATH', folder)
  expect(await findServer({ goPlaces: ['go'] })).toEqual({
    reason: 'there is neither a livekit-server here nor Go to build one with',
  })
})
