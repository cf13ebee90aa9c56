import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'

/** A text file that is, or is about to be, part of the repository. */
export interface ProjectFile {
  /** Relative to the root, with forward slashes. */
  path: string
  text: string
}

const notOurs = new Set(['.git', 'node_modules', 'dist', 'data', 'coverage'])
const binary = /\.(png|jpe?g|gif|webp|ico|woff2?|pdf|wav|sqlite)$/

/** Every text file git tracks or would add; without git, every file outside the ignored folders. */
export function projectFiles(root: string): ProjectFile[] {
  const asked = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const paths = asked.status === 0 ? asked.stdout.split('\0').filter(Boolean) : walk(root, '')
  return paths
    .filter((path) => !binary.test(path) && existsSync(join(root, path)) && statSync(join(root, path)).isFile())
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

function walk(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (notOurs.has(entry.name)) return []
    const path = posix.join(folder, entry.name)
    return entry.isDirectory() ? walk(root, path) : [path]
  })
}
