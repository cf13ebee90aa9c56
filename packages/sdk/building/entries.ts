import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'

/** One thing that can be imported from the published package. */
export interface PackageEntry {
  /** As it stands under `exports`, such as `./browser`. */
  name: string
  /** Its source, relative to the package. */
  source: string
  /** Where its code lies in `dist`, without `.js`. */
  built: string
}

/** What is published, by name; a `*` is one entry for each file. An entry whose source does not exist (yet) is left out. */
const published: Readonly<Record<string, string>> = {
  '.': 'index.ts',
  './functions': 'functions/index.ts',
  './browser': 'browser/index.ts',
  './browser/keep-token': 'browser/keep-token.ts',
  './react': 'react/index.ts',
  './konpro': 'konpro/index.ts',
  './gram': 'gram/index.ts',
  './gram/core.js': 'gram/core.ts',
  './gram/funcs/*.js': 'gram/funcs/*.ts',
  './gram/react-query': 'gram/react-query/index.ts',
  './gram/react-query/*.js': 'gram/react-query/*.ts',
  './equos': 'equos/index.ts',
  './server/express': 'server/express.ts',
  './server/fastify': 'server/fastify.ts',
  './server/hono': 'server/hono.ts',
  './server/next': 'server/next.ts',
}

/** The entries there are in the package at `folder`, in the order they are published. */
export function findEntries(folder: string): PackageEntry[] {
  return Object.entries(published).flatMap(([name, source]) => {
    if (!source.includes('*')) return existsSync(join(folder, source)) ? [entry(name, source)] : []
    return filesLike(folder, source).map((file) => entry(name.replace('*', file), source.replace('*', file)))
  })
}

function entry(name: string, source: string): PackageEntry {
  return { name, source, built: source.replace(/\.tsx?$/, '') }
}

function filesLike(folder: string, pattern: string): string[] {
  const [place = '', ending = ''] = pattern.split('*')
  if (!existsSync(join(folder, place))) return []
  return readdirSync(join(folder, place))
    .filter((file) => file.endsWith(ending) && !/\.test(-support)?\.tsx?$/.test(file))
    .map((file) => basename(file, ending))
    .sort()
}

interface SourceManifest {
  name: string
  version: string
  description: string
  license: string
  peerDependencies: Record<string, string>
  peerDependenciesMeta: Record<string, object>
}

/** The package.json that is published: no dependency, everything else optional, and each entry with its types. */
export function publishedManifest(source: SourceManifest, entries: readonly PackageEntry[]): object {
  const { name, version, description, license, peerDependencies, peerDependenciesMeta } = source
  return {
    name,
    version,
    description,
    license,
    type: 'module',
    sideEffects: false,
    engines: { node: '>=20.3' },
    exports: {
      ...Object.fromEntries(
        entries.map(({ name, built }) => [name, { types: `./types/sdk/${built}.d.ts`, default: `./${built}.js` }]),
      ),
      './package.json': './package.json',
    },
    peerDependencies,
    peerDependenciesMeta,
  }
}
