import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWidget } from './build.ts'
import { languages } from './languages.ts'
import { sizeLimits, type WidgetManifest } from './manifest.ts'

let folder: string
let manifest: WidgetManifest
const read = (path: string) => readFile(join(folder, path))

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parlor-widget-'))
  manifest = await buildWidget(folder)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('the loader has at most 3 KiB and the first load of the frame at most 30 KiB, measured anew', async () => {
  const size = async (path: string) => brotliCompressSync(await read(path)).length
  expect(await size('embed.js')).toBeLessThanOrEqual(sizeLimits.loader)
  const first = [...manifest.frame.js, ...manifest.frame.css, ...manifest.frame.preload]
  const spoken = Object.keys(manifest.files).filter((path) => /assets\/[a-z]{2}-/.test(path))
  expect(spoken).toHaveLength(languages.length - 1)
  const sum = (await Promise.all(first.map(size))).reduce((a, b) => a + b)
  const largest = Math.max(...(await Promise.all(spoken.map(size))))
  expect(sum + largest).toBe(manifest.frame.firstLoadBytes)
  expect(sum + largest).toBeLessThanOrEqual(sizeLimits.firstLoad)
})

test('the manifest names every file, its size, its compressed twin and the integrity of the loader', async () => {
  const there = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  expect(there).toHaveLength(2 * Object.keys(manifest.files).length + 1)
  for (const [path, file] of Object.entries(manifest.files)) {
    const body = await read(path)
    expect(body.length).toBe(file.bytes)
    expect(brotliDecompressSync(await read(`${path}.br`)).equals(body)).toBe(true)
  }
  const digest = createHash('sha384')
    .update(await read('embed.js'))
    .digest('base64')
  expect(manifest.loader.integrity).toBe(`sha384-${digest}`)
})

test('a second build changes nothing and clears what is stale', async () => {
  const before = await stat(join(folder, 'embed.js'))
  await writeFile(join(folder, 'assets/frame-OLD.js'), 'old')
  expect(await buildWidget(folder)).toEqual(manifest)
  expect((await stat(join(folder, 'embed.js'))).mtimeMs).toBe(before.mtimeMs)
  expect(await readdir(join(folder, 'assets'))).not.toContain('frame-OLD.js')
})

test('what is built needs no eval, writes no markup and names no foreign host', async () => {
  for (const path of Object.keys(manifest.files)) {
    const text = String(await read(path))
    expect(text).not.toMatch(/\beval\(|new Function|insertAdjacentHTML|document\.write|localStorage|document\.cookie/)
    const hosts = [...text.matchAll(/https?:\/\/[\w.-]+/g)].map(([host]) => host)
    expect(hosts.filter((host) => host !== 'http://www.w3.org')).toEqual([])
  }
})

test('no source of ours writes markup, style attributes or storage of the frame', async () => {
  const names = await readdir(import.meta.dirname, { recursive: true })
  const sources = names.filter((name) => /^(frame|loader|element).*\.tsx?$/.test(name) && !name.endsWith('.test.ts'))
  expect(sources.length).toBeGreaterThan(30)
  for (const name of sources) {
    const text = await readFile(join(import.meta.dirname, name), 'utf8')
    expect(text, name).not.toMatch(/innerHTML|outerHTML|dangerouslySet|\bstyle=|cssText|setAttribute\('style'/i)
    if (name.startsWith('frame'))
      expect(text, name).not.toMatch(/sessionStorage|localStorage|indexedDB|document\.cookie/)
  }
})
