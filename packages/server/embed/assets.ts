import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ParlorError } from '@parlor/core/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../http/app-types.ts'

/** What the widget's build says it made (`packages/widget/dist/manifest.json`). */
export interface Manifest {
  version: string
  loader: { file: string; integrity: string }
  frame: { js: string[]; css: string[]; preload: string[] }
  files: Record<string, { contentType: string }>
}

interface Asset {
  plain: Buffer
  brotli: Buffer
  contentType: string
}

export interface Assets {
  manifest: Manifest
  find(path: string): Asset | null
}

const briefly = 'public, max-age=300'
const forever = 'public, max-age=31536000, immutable'

/** Reads the built widget into memory. @throws Error with a sentence when it was not built. */
export function loadAssets(dist: string): Assets {
  const manifest = readManifest(dist)
  const assets = new Map<string, Asset>()
  for (const [path, { contentType }] of Object.entries(manifest.files)) {
    const file = join(dist, path)
    assets.set(path, { plain: readFileSync(file), brotli: readFileSync(`${file}.br`), contentType })
  }
  return { manifest, find: (path) => assets.get(path) ?? null }
}

/** The loader under a name of its own, and everything the frame loads. Public by nature: they hold no secret. */
export function registerAssets(app: App, assets: Assets): void {
  const { loader, version } = assets.manifest
  const pinned = `/embed/${version}/embed.js`
  const open = { credential: { kind: 'none' } } as const
  app.get('/embed.js', { config: open }, (request, reply) => sendAsset(assets, loader.file, briefly, request, reply))
  app.get('/embed/:version/embed.js', { config: open }, (request, reply) => {
    const wanted = (request.params as { version: string }).version
    if (wanted !== version)
      throw new ParlorError('not_found', { message: `The loader here has version ${version}: use ${pinned}.` })
    return sendAsset(assets, loader.file, forever, request, reply)
  })
  app.get('/embed.json', { config: open }, async (_request, reply) => {
    reply.header('access-control-allow-origin', '*')
    return { version, url: pinned, integrity: loader.integrity }
  })
  app.get('/embed/assets/*', { config: open }, (request, reply) => {
    const name = (request.params as { '*': string })['*']
    // A name with the hash of what it holds never changes; any other may with the next version.
    const caching = /-[0-9A-Z]{8}\./.test(name) ? forever : briefly
    return sendAsset(assets, `assets/${name}`, caching, request, reply)
  })
}

function sendAsset(assets: Assets, path: string, caching: string, request: FastifyRequest, reply: FastifyReply) {
  const asset = assets.find(path)
  if (asset === null)
    throw new ParlorError('not_found', { message: 'There is no such file in this version of the widget.' })
  const takesBrotli = /\bbr\b/.test(String(request.headers['accept-encoding'] ?? ''))
  reply.headers({
    'content-type': asset.contentType,
    'cache-control': caching,
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
    vary: 'accept-encoding',
    ...(takesBrotli && { 'content-encoding': 'br' }),
  })
  return reply.send(takesBrotli ? asset.brotli : asset.plain)
}

function readManifest(dist: string): Manifest {
  try {
    return JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8')) as Manifest
  } catch (cause) {
    throw new Error('The widget is not built. Run: npm run build', { cause })
  }
}
