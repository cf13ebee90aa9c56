import { type Dirent, existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { readSource, type Source } from './read-source.ts'
import { besidePackages } from './rules.ts'

/** A source file, known by its place in the house. */
export interface HouseFile extends Source {
  /** Relative to the root, with forward slashes. */
  path: string
  /** The package's short name (`core`), or undefined outside `packages/`. */
  package: string | undefined
  /** Relative to its package, or to the root outside `packages/`. */
  inside: string
  isTest: boolean
}

export interface House {
  root: string
  files: HouseFile[]
  /** Short name to the package.json. */
  manifests: Map<string, Manifest>
  /** The root's own development tools, which tests may use. */
  rootDevDependencies: ReadonlySet<string>
}

export interface Manifest {
  exports: Record<string, string>
  dependencies: ReadonlySet<string>
  devDependencies: ReadonlySet<string>
}

/** `dist-…` is a package that is being built beside the old one. */
const skipped = /^(node_modules|dist|dist-.*|data)$/

/** Reads every `.ts` and `.tsx` file of the house under `root`. Throws where one does not parse. */
export function readHouse(root: string): House {
  const packageNames = list(join(root, 'packages')).map((entry) => entry.name)
  const files = ['packages', ...Object.keys(besidePackages)]
    .flatMap((folder) => sourceFiles(root, folder))
    .map((path) => placeFile(root, path))
  return {
    root,
    files,
    manifests: new Map(packageNames.map((name) => [name, readManifest(join(root, 'packages', name))])),
    rootDevDependencies: readManifest(root).devDependencies,
  }
}

function placeFile(root: string, path: string): HouseFile {
  const [, name, inside] = /^packages\/([^/]+)\/(.*)$/.exec(path) ?? []
  const isTest = /\.test(-support)?\.tsx?$/.test(path) || /^packages\/.*\/(testing|contract)\//.test(path)
  return { ...readSource(join(root, path)), path, package: name, inside: inside ?? path, isTest }
}

function readManifest(folder: string): Manifest {
  const file = join(folder, 'package.json')
  const json = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  return {
    exports: json.exports ?? {},
    dependencies: new Set(
      Object.keys({ ...json.dependencies, ...json.optionalDependencies, ...json.peerDependencies }),
    ),
    devDependencies: new Set(Object.keys(json.devDependencies ?? {})),
  }
}

function sourceFiles(root: string, folder: string): string[] {
  return list(join(root, folder)).flatMap((entry) => {
    const path = posix.join(folder, entry.name)
    if (skipped.test(entry.name)) return []
    if (entry.isDirectory()) return sourceFiles(root, path)
    return /\.tsx?$/.test(entry.name) ? [path] : []
  })
}

function list(folder: string): Dirent[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Where an import leads: a file of the house, or the name of a package outside it. */
export type Target = { file: string } | { external: string } | { missing: string }

/** Follows one import from `from` (a path of the house). */
export function resolveImport(house: House, from: string, specifier: string): Target {
  if (specifier.startsWith('.')) return { file: posix.join(dirname(from), specifier) }
  const ours = /^@parlor\/([^/]+)(\/.*)?$/.exec(specifier)
  if (!ours) return { external: specifier.startsWith('node:') ? specifier : packageOf(specifier) }
  const [, name = '', rest = ''] = ours
  const file = throughExports(house.manifests.get(name)?.exports ?? {}, `.${rest}`)
  return file ? { file: posix.join('packages', name, file) } : { missing: specifier }
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

function throughExports(exports: Record<string, string>, wanted: string): string | undefined {
  if (exports[wanted]) return exports[wanted]
  for (const [pattern, target] of Object.entries(exports)) {
    const [before = '', after] = pattern.split('*')
    if (after === undefined || !wanted.startsWith(before) || !wanted.endsWith(after)) continue
    return target.replaceAll('*', wanted.slice(before.length, wanted.length - after.length))
  }
  return undefined
}
