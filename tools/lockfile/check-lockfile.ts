import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from '../finding.ts'

interface Entry {
  version?: string
  integrity?: string
  resolved?: string
  link?: boolean
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}
type Packages = Record<string, Entry>

const lists = ['dependencies', 'devDependencies', 'optionalDependencies'] as const
const install = 'run npm install with the platform packages at hand, or take another package'

/** Whether `npm ci` would take the lockfile: in step with every package.json, whole for every platform, pinned by hash, naming no registry. */
export function checkLockfile(root: string): Finding[] {
  const packages: Packages = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const said = [
    ...['', ...workspaces(root)].flatMap((folder) => outOfStep(root, folder, packages[folder])),
    ...Object.entries(packages).flatMap(([path, entry]) => [
      ...unpinned(path, entry),
      ...Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })
        .filter((name) => !reachable(packages, path, name))
        .map((name) => ({ what: `${path || 'the root'} needs ${name}, which has no entry`, instead: install })),
    ]),
  ]
  return said.map((found) => ({ file: 'package-lock.json', line: 1, ...found }))
}

function workspaces(root: string): string[] {
  return readdirSync(join(root, 'packages'))
    .map((name) => `packages/${name}`)
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
}

function outOfStep(root: string, folder: string, locked: Entry | undefined) {
  const manifest: Entry = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
  const inStep = lists.every((list) => sorted(manifest[list]) === sorted(locked?.[list]))
  if (inStep) return []
  const what = `${join(folder, 'package.json')} lists other dependencies than the lockfile`
  return [{ what, instead: 'run npm install and commit both' }]
}

function sorted(dependencies: Record<string, string> | undefined): string {
  return JSON.stringify(Object.entries(dependencies ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function unpinned(path: string, entry: Entry) {
  if (!path.startsWith('node_modules/') || entry.link) return []
  if (!entry.version || !entry.integrity) return [{ what: `${path} is not pinned by hash`, instead: install }]
  if (!entry.resolved) return []
  return [{ what: `${path} names where it came from`, instead: 'keep omit-lockfile-registry-resolved in .npmrc' }]
}

/** The way Node looks: beside the package, then beside each folder around it. */
function reachable(packages: Packages, from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    if (packages[folder ? `${folder}/node_modules/${name}` : `node_modules/${name}`]) return true
    if (folder === '') return false
  }
}
