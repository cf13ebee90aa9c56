import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { type BuildOptions, build, type Metafile } from 'esbuild'
import { sizeLimits, type WidgetFile, type WidgetManifest } from './manifest.ts'

const here = dirname(fileURLToPath(import.meta.url))
const compress = promisify(brotliCompress)
const shared = {
  bundle: true,
  write: false,
  minify: true,
  metafile: true,
  legalComments: 'none',
  charset: 'utf8',
  target: ['es2022', 'safari16', 'firefox115'],
  logLevel: 'warning',
} as const satisfies BuildOptions

interface Made {
  path: string
  body: Uint8Array
  brotli: Uint8Array
}

/** Builds loader and frame into `outDir` (by default `dist` beside this file). Throws where a size limit is passed. */
export async function buildWidget(outDir: string = join(here, 'dist')): Promise<WidgetManifest> {
  const [loader, frame, portrait] = await Promise.all([bundleLoader(outDir), bundleFrame(outDir), drawPortrait()])
  const outputs = [
    ...loader.outputFiles,
    ...frame.outputFiles,
    { path: join(outDir, 'assets/portrait.svg'), contents: portrait },
  ]
  const made = await Promise.all(
    outputs.map(async ({ path, contents }): Promise<Made> => {
      const brotli = await compress(contents, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
      return { path: relative(outDir, path), body: contents, brotli }
    }),
  )
  const manifest = await describe(made, frame.metafile, outDir)
  checkSizes(manifest)
  await writeAll(outDir, made, manifest)
  return manifest
}

function bundleLoader(outDir: string) {
  return build({ ...shared, entryPoints: { embed: join(here, 'loader/embed.ts') }, outdir: outDir, format: 'iife' })
}

function bundleFrame(outDir: string) {
  return build({
    ...shared,
    entryPoints: { frame: join(here, 'frame/main.tsx'), 'frame-style': join(here, 'frame/style/frame.css') },
    outdir: join(outDir, 'assets'),
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    format: 'esm',
    splitting: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { 'process.env.NODE_ENV': '"production"' },
  })
}

/** The face is drawn by the frame's own component, so it is bundled for this process and run once. */
async function drawPortrait(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    ...shared,
    entryPoints: [join(here, 'frame/face/portrait.tsx')],
    format: 'esm',
    platform: 'node',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  })
  const source = `data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? '').toString('base64')}`
  const { renderPortrait } = (await import(source)) as { renderPortrait(): string }
  return Buffer.from(renderPortrait())
}

async function describe(made: Made[], meta: Metafile, outDir: string): Promise<WidgetManifest> {
  const { version } = JSON.parse(await readFile(join(here, 'package.json'), 'utf8')) as { version: string }
  const files: Record<string, WidgetFile> = {}
  for (const { path, body, brotli } of made.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    files[path] = { bytes: body.length, brotliBytes: brotli.length, contentType: contentType(path) }
  }
  const loader = made.find(({ path }) => path === 'embed.js')
  if (!loader) throw new Error('The build made no embed.js.')
  return {
    version,
    loader: {
      file: 'embed.js',
      integrity: `sha384-${createHash('sha384').update(loader.body).digest('base64')}`,
      bytes: loader.body.length,
      brotliBytes: loader.brotli.length,
    },
    frame: describeFrame(files, meta, outDir),
    files,
  }
}

function describeFrame(files: Record<string, WidgetFile>, meta: Metafile, outDir: string): WidgetManifest['frame'] {
  const outputs = new Map(
    Object.entries(meta.outputs).map(([path, output]) => [relative(outDir, join(process.cwd(), path)), output]),
  )
  const pathOf = (shown: string) => relative(outDir, join(process.cwd(), shown))
  const entries = [...outputs].filter(([, output]) => output.entryPoint !== undefined)
  const js = entries.filter(([, output]) => output.entryPoint?.endsWith('frame/main.tsx')).map(([path]) => path)
  const css = [...outputs.keys()].filter((path) => path.endsWith('.css'))
  const preload = new Set<string>()
  const follow = (path: string): void => {
    for (const { path: shown, kind } of outputs.get(path)?.imports ?? []) {
      const imported = pathOf(shown)
      if (kind !== 'import-statement' || preload.has(imported)) continue
      preload.add(imported)
      follow(imported)
    }
  }
  js.forEach(follow)
  const size = (path: string) => files[path]?.brotliBytes ?? 0
  const languages = entries.filter(([, output]) => output.entryPoint?.includes('/i18n/')).map(([path]) => size(path))
  const firstLoadBytes = [...js, ...css, ...preload].reduce((sum, path) => sum + size(path), Math.max(0, ...languages))
  return { js, css, preload: [...preload], firstLoadBytes }
}

function checkSizes({ loader, frame }: WidgetManifest): void {
  if (loader.brotliBytes > sizeLimits.loader) {
    throw new Error(`embed.js has ${loader.brotliBytes} brotli bytes; the limit is ${sizeLimits.loader}.`)
  }
  if (frame.firstLoadBytes > sizeLimits.firstLoad) {
    throw new Error(`The frame loads ${frame.firstLoadBytes} brotli bytes first; the limit is ${sizeLimits.firstLoad}.`)
  }
}

/** New files first, the manifest after them, stale ones last: who reads meanwhile finds a whole build at any moment. */
async function writeAll(outDir: string, made: Made[], manifest: WidgetManifest): Promise<void> {
  await mkdir(join(outDir, 'assets'), { recursive: true })
  await Promise.all(
    made.flatMap(({ path, body, brotli }) => [
      replaceFile(join(outDir, path), body),
      replaceFile(join(outDir, `${path}.br`), brotli),
    ]),
  )
  await replaceFile(join(outDir, 'manifest.json'), Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`))
  const wanted = new Set(made.flatMap(({ path }) => [path, `${path}.br`]))
  const stale = (await readdir(join(outDir, 'assets'))).filter((name) => !wanted.has(`assets/${name}`))
  await Promise.all(
    stale.filter((name) => !name.endsWith('.part')).map((name) => rm(join(outDir, 'assets', name), { force: true })),
  )
}

async function replaceFile(path: string, body: Uint8Array): Promise<void> {
  const there = await readFile(path).catch(() => null)
  if (there?.equals(body)) return
  const part = `${path}.${process.pid}-${Math.random().toString(36).slice(2)}.part`
  await writeFile(part, body)
  await rename(part, path)
}

function contentType(path: string): string {
  if (path.endsWith('.svg')) return 'image/svg+xml'
  return path.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8'
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { loader, frame } = await buildWidget()
  console.log(`widget built: embed.js ${loader.brotliBytes} of ${sizeLimits.loader} bytes (brotli),`)
  console.log(`first load of the frame ${frame.firstLoadBytes} of ${sizeLimits.firstLoad} bytes (brotli)`)
}
