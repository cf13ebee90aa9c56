import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, posix, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build } from 'esbuild'
import { findEntries, type PackageEntry, publishedManifest } from './building/entries.ts'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '../..')

/** What the emitted declarations call a package of ours, and where that lies beside them. */
const ours: Readonly<Record<string, string>> = {
  '@parlor/protocol': 'protocol/index.js',
  '@parlor/live-client': 'live-client/index.js',
}

export interface BuiltSdk {
  /** Where the package lies that is published. */
  dist: string
  entries: readonly PackageEntry[]
}

/** Builds the package that is published into `dist` (by default beside this file), replacing what was there. Throws the compiler's own words. */
export async function buildSdk(dist: string = join(here, 'dist')): Promise<BuiltSdk> {
  await mkdir(dirname(dist), { recursive: true })
  // Beside the target, so that it is moved rather than copied, and whoever reads meanwhile finds the whole of the old one.
  const fresh = await mkdtemp(`${dist}-`)
  const entries = findEntries(here)
  try {
    await Promise.all([bundle(entries, fresh), declare(entries, fresh)])
    const source = JSON.parse(await readFile(join(here, 'package.json'), 'utf8'))
    await writeFile(join(fresh, 'package.json'), `${JSON.stringify(publishedManifest(source, entries), null, 2)}\n`)
    await writeFile(join(fresh, 'LICENSE'), await readFile(join(root, 'LICENSE')))
    await replaceFolder(dist, fresh)
  } catch (error) {
    await rm(fresh, { recursive: true, force: true })
    throw error
  }
  return { dist, entries }
}

/** Another build may do the same at this moment: then the later one stays. */
async function replaceFolder(old: string, fresh: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    await rename(old, `${fresh}-old`).catch(() => {})
    await rm(`${fresh}-old`, { recursive: true, force: true })
    const refused = await rename(fresh, old).catch((error: Error) => error)
    if (!refused) return
    if (tries === 3) throw refused
  }
}

/** How every bundle of the SDK is made, here and where one is weighed. */
export const bundling = {
  bundle: true,
  format: 'esm',
  target: 'es2022',
  platform: 'neutral',
  charset: 'utf8',
  legalComments: 'none',
  jsx: 'automatic',
  jsxImportSource: 'react',
  logLevel: 'silent',
  external: ['react', 'react/*', '@tanstack/*', 'express', 'fastify', 'hono', 'hono/*', 'next', 'next/*'],
} as const satisfies BuildOptions

/** One file for each entry; what two of them need is in a chunk, so that an error is of the same class wherever it is imported. */
async function bundle(entries: readonly PackageEntry[], outdir: string): Promise<void> {
  await build({
    ...bundling,
    entryPoints: Object.fromEntries(entries.map(({ built, source }) => [built, join(here, source)])),
    outdir,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    sourcemap: true,
    sourcesContent: true,
  })
}

/** The declarations of every entry and of all it stands on, one file for each source file. */
async function declare(entries: readonly PackageEntry[], outdir: string): Promise<void> {
  const types = join(outdir, 'types')
  const config = join(outdir, 'tsconfig.json')
  await writeFile(
    config,
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: {
        noEmit: false,
        declaration: true,
        emitDeclarationOnly: true,
        jsxImportSource: 'react',
        rootDir: join(root, 'packages'),
        outDir: types,
        // Found through node_modules they would count as somebody else's and not be declared.
        paths: Object.fromEntries(
          Object.entries(ours).map(([name, place]) => [name, [join(root, 'packages', place.replace(/js$/, 'ts'))]]),
        ),
      },
      include: [],
      exclude: [],
      files: entries.map(({ source }) => join(here, source)),
    }),
  )
  await compile(config)
  await rm(config)
  const files = (await readdir(types, { recursive: true })).filter((file) => file.endsWith('.d.ts'))
  await Promise.all(files.map((file) => pointToBuilt(types, file.replaceAll('\\', '/'))))
}

function compile(config: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const tsc = spawn(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', config])
    const said: Buffer[] = []
    tsc.stdout.on('data', (piece: Buffer) => said.push(piece))
    tsc.stderr.on('data', (piece: Buffer) => said.push(piece))
    tsc.on('error', reject)
    tsc.on('close', (code) => (code === 0 ? resolve() : reject(new Error(Buffer.concat(said).toString()))))
  })
}

/** Lets a declaration import its neighbours as they are published: `.js` for `.ts`, and a path for a package of ours. */
async function pointToBuilt(types: string, file: string): Promise<void> {
  const text = await readFile(join(types, file), 'utf8')
  const pointed = text.replace(/(from |import\(|import )(['"])([^'"]+)\2/g, (whole, before, quote, specifier) => {
    const path = builtPath(file, specifier)
    return path === null ? whole : `${before}${quote}${path}${quote}`
  })
  await writeFile(join(types, file), pointed)
}

function builtPath(file: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return specifier.replace(/\.tsx?$/, '.js')
  const place = ours[specifier]
  if (place === undefined) {
    if (specifier.startsWith('@parlor/')) throw new Error(`${file} is published with ${specifier}, which is not.`)
    return null
  }
  const path = posix.relative(posix.dirname(file), place)
  return path.startsWith('.') ? path : `./${path}`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { dist, entries } = await buildSdk()
  console.log(`@parlor/sdk built into ${relative(process.cwd(), dist)}: ${entries.length} entries`)
}
