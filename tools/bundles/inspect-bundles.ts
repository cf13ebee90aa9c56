import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { parseSync } from 'rolldown/utils'
import { type Finding, lineAt } from '../finding.ts'
import { type ForbiddenText, forbiddenTexts, sizeLimits } from './rules.ts'

export interface Inspection {
  /** The folder of the built files, with its manifest.json. */
  dist: string
  /** How findings name that folder. */
  named: string
  nodeModules: string
}

export interface BundleReport {
  findings: Finding[]
  /** Bytes after brotli. */
  loaderBytes: number
  frameBytes: number
}

const textFiles = /\.(m?js|css|html|svg|json)$/

/** Reads every built file a browser can receive and lists what must not be there, and what weighs too much. */
export function inspectBundles({ dist, named, nodeModules }: Inspection): BundleReport {
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => textFiles.test(file) && file !== 'manifest.json')
    .sort()
  const findings = files.flatMap((file) =>
    inspectText(readFileSync(join(dist, file), 'utf8'), `${named}/${file}`, nodeModules),
  )
  const manifest = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8'))
  const loader = namesIn(manifest.loader?.file)
  const frame = firstLoad(dist, namesIn([manifest.frame?.js, manifest.frame?.css, manifest.frame?.preload]))
  const loaderBytes = brotliBytes(dist, loader)
  // The build adds the words of one language, which are fetched by name and so not to be seen from here.
  const frameBytes = Math.max(brotliBytes(dist, frame), manifest.frame?.firstLoadBytes ?? 0)
  findings.push(...checkSize(named, 'loader', loader, loaderBytes, sizeLimits.loader))
  findings.push(...checkSize(named, 'first load of the frame', frame, frameBytes, sizeLimits.frameFirstLoad))
  return { findings, loaderBytes, frameBytes }
}

/** What one text that reaches a browser must not hold; an allowance is counted over the libraries that bring it. */
export function inspectText(text: string, file: string, nodeModules: string | undefined): Finding[] {
  return forbiddenTexts.flatMap((rule) => {
    const hits = [...text.matchAll(rule.pattern)]
    if (hits.length <= allowance(rule, nodeModules)) return []
    const at = hits[0]?.index ?? 0
    const around = text.slice(Math.max(0, at - 20), at + 40).replaceAll(/\s+/g, ' ')
    return [{ file, line: lineAt(text, at), what: `holds ${rule.what} ("${around}")`, instead: rule.instead }]
  })
}

function allowance(rule: ForbiddenText, nodeModules: string | undefined): number {
  if (!rule.asManyAs || nodeModules === undefined) return 0
  const texts = rule.asManyAs.map((file) => readFileSync(join(nodeModules, file), 'utf8'))
  return texts.reduce((sum, text) => sum + [...text.matchAll(rule.pattern)].length, 0)
}

/** What we wrote ourselves has no allowance: comments are left out, everything else counts. */
export function inspectSource(text: string, file: string): Finding[] {
  const { comments } = parseSync(file, text)
  let code = text
  for (const { start, end } of comments) {
    code = code.slice(0, start) + code.slice(start, end).replaceAll(/[^\n]/g, ' ') + code.slice(end)
  }
  return inspectText(code, file, undefined)
}

function checkSize(named: string, what: string, files: string[], bytes: number, limit: number): Finding[] {
  const at = { file: `${named}/${files[0] ?? 'manifest.json'}`, line: 1 }
  if (files.length === 0) return [{ ...at, what: `manifest.json names no ${what}`, instead: 'let the build name it' }]
  if (bytes <= limit) return []
  return [
    { ...at, what: `the ${what} is ${bytes} bytes of brotli, the limit is ${limit}`, instead: 'load less, or later' },
  ]
}

function brotliBytes(dist: string, files: string[]): number {
  return files.reduce((sum, file) => sum + brotliCompressSync(readFileSync(join(dist, file))).length, 0)
}

/** The file names in a manifest entry: one, or a list of them. */
function namesIn(entry: unknown): string[] {
  if (typeof entry === 'string') return [entry]
  return Array.isArray(entry) ? entry.flatMap(namesIn) : []
}

/** The named files and every chunk they import before they can run. */
function firstLoad(dist: string, names: string[]): string[] {
  const found = new Set(names)
  for (const name of found) {
    if (!/\.m?js$/.test(name)) continue
    const { module } = parseSync(name, readFileSync(join(dist, name), 'utf8'))
    const requests = [...module.staticImports, ...module.staticExports.flatMap((entry) => entry.entries)]
    for (const { moduleRequest } of requests) {
      if (moduleRequest?.value.startsWith('.')) found.add(posix.join(posix.dirname(name), moduleRequest.value))
    }
  }
  return [...found]
}
