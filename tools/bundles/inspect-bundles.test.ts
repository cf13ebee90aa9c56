import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { inspectBundles, inspectSource } from './inspect-bundles.ts'

const made: string[] = []
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const sound = {
  'embed.js': "const frame = document.createElement('iframe');frame.src=new URL('/embed',document.currentScript.src)",
  'frame.js': "document.createElementNS('http://www.w3.org/2000/svg','svg').textContent='hello'",
  'frame.css': 'body{margin:0}',
  'manifest.json': JSON.stringify({ loader: { file: 'embed.js' }, frame: { js: 'frame.js', css: ['frame.css'] } }),
}

function inspect(files: Record<string, string>) {
  const root = mkdtempSync(join(tmpdir(), 'bundles-'))
  made.push(root)
  const library = { 'lib/preact/dist/preact.mjs': 'dom.innerHTML=html', 'lib/preact/hooks/dist/hooks.mjs': '' }
  const built = Object.fromEntries(Object.entries({ ...sound, ...files }).map(([path, text]) => [`dist/${path}`, text]))
  for (const [path, text] of Object.entries({ ...library, ...built })) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return inspectBundles({ dist: join(root, 'dist'), named: 'dist', nodeModules: join(root, 'lib') })
}

test('clean bundles of a fitting size pass', () => {
  expect(inspect({}).findings).toEqual([])
})

test.each([
  ["fetch(u,{headers:{'X-Api-Key':k}})", 'the API key header'],
  ["headers['Gram-Key']=k", 'the API key header of the chat wire'],
  ["const k='prl_live_00'", 'the prefix of a Parlor key'],
  ["const k='sk-proj-00'", 'the prefix of a secret key'],
  ["get('PARLOR_SECRET')", 'a server setting'],
  ['process.env.NODE_ENV', 'the environment'],
  ["model('OpenAI')", 'the name of a provider'],
  ["fetch('https://cdn.example/x.js')", 'an absolute address'],
  ["new WebSocket('wss://live.example')", 'an absolute address'],
  ["import('//cdn.example/x.js')", 'an address of another host'],
  ['eval (code)', 'eval'],
  ['new Function(code)', 'code made from text'],
  ['a.innerHTML=b;c.innerHTML=d', 'innerHTML'],
  ['a.insertAdjacentHTML(b,c)', 'HTML made from text'],
  ['document.cookie', 'a cookie'],
  ["localStorage.getItem('a')", 'lasting storage'],
])('a bundle poisoned with %s is refused', (poison, what) => {
  const { findings } = inspect({ 'later/chunk.js': `const fine=1\n;${poison}` })
  expect(findings).toHaveLength(1)
  expect(findings[0]).toMatchObject({ file: 'dist/later/chunk.js', line: 2 })
  expect(findings[0]?.what).toContain(`holds ${what} (`)
})

test('what the drawing library brings itself is allowed, and not one more', () => {
  expect(inspect({ 'frame.js': 'a.innerHTML=b' }).findings).toEqual([])
  expect(inspect({ 'frame.js': 'a.innerHTML=b;a.innerHTML=c' }).findings).toHaveLength(1)
})

test('our own sources have no allowance, except in comments', () => {
  expect(inspectSource('// innerHTML is never used\nconst a = 1', 'a.ts')).toEqual([])
  expect(inspectSource('/* why */\nnode.innerHTML = text', 'a.ts')).toMatchObject([{ file: 'a.ts', line: 2 }])
})

/** Text that brotli cannot make smaller than about three quarters. */
const heavy = (bytes: number) => `"${randomBytes(bytes).toString('base64url')}"`

test('a loader over its limit is refused', () => {
  const { findings, loaderBytes } = inspect({ 'embed.js': heavy(3200) })
  expect(loaderBytes).toBeGreaterThan(3 * 1024)
  expect(findings).toMatchObject([{ file: 'dist/embed.js', what: expect.stringContaining('the limit is 3072') }])
})

test('the first load counts the chunks the frame imports at once, not those it fetches later', () => {
  const frame = 'import "./chunk.js";import("./later.js")'
  const light = inspect({ 'frame.js': frame, 'chunk.js': 'let a', 'later.js': heavy(40_000) })
  expect(light.findings).toEqual([])
  const full = inspect({ 'frame.js': frame, 'chunk.js': heavy(40_000), 'later.js': 'let a' })
  expect(full.findings).toMatchObject([{ what: expect.stringContaining('the limit is 30720') }])
})

test('a manifest without a loader is refused', () => {
  expect(inspect({ 'manifest.json': '{"frame":{"js":"frame.js"}}' }).findings).toMatchObject([
    { what: 'manifest.json names no loader' },
  ])
})
