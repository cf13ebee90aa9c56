import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Finding } from '../finding.ts'
import { unknownCommands } from './check-commands.ts'

export interface ContainerFiles {
  root: string
  dockerfile: string
  compose: string
  /** The variables the server reads. */
  settings: ReadonlySet<string>
  scripts: ReadonlySet<string>
}

/** The image is not built here, so at least everything its two files name must be there. */
export function checkContainer(files: ContainerFiles): Finding[] {
  return [...checkDockerfile(files), ...checkCompose(files)]
}

/** Variables of the runtime rather than of Parlor. */
const runtimeVariables = new Set(['NODE_ENV', 'PATH'])

function checkDockerfile({ root, dockerfile, settings, scripts }: ContainerFiles): Finding[] {
  const stages = new Set<string>()
  return logicalLines(dockerfile).flatMap(({ text, line }) => {
    const at = { file: 'Dockerfile', line }
    const [instruction = '', ...words] = text.split(/\s+/)
    const found: string[] = []
    if (instruction === 'FROM') {
      const name = /\sAS\s+(\S+)/i.exec(text)?.[1]
      if (name) stages.add(name)
    } else if (instruction === 'COPY') {
      found.push(...checkCopy(root, words, stages))
    } else if (instruction === 'ENV') {
      const names = [...text.matchAll(/([A-Z][A-Z0-9_]*)=/g)].map((match) => match[1] ?? '')
      found.push(...unknownSettings(names, settings))
    }
    if (['RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK'].includes(instruction)) {
      found.push(...unknownCommands(root, text.replaceAll(/["[\],]+/g, ' ').replaceAll(/ +/g, ' '), scripts))
    }
    return found.map((what) => ({ ...at, what, instead: 'name what exists' }))
  })
}

function checkCopy(root: string, words: string[], stages: ReadonlySet<string>): string[] {
  const stage = words.find((word) => word.startsWith('--from='))?.slice('--from='.length)
  if (stage) return stages.has(stage) ? [] : [`there is no stage ${stage}`]
  const sources = words.filter((word) => !word.startsWith('--')).slice(0, -1)
  return sources.filter((source) => !existsSync(join(root, source))).map((source) => `there is no ${source} to copy`)
}

interface Service {
  build?: string | { context?: string; dockerfile?: string }
  environment?: Record<string, unknown> | string[]
  volumes?: string[]
}

function checkCompose({ root, compose, settings }: ContainerFiles): Finding[] {
  const at = { file: 'compose.yaml', line: 1 }
  const parsed: { services?: Record<string, Service>; volumes?: Record<string, unknown> } = parse(compose)
  const found = Object.values(parsed.services ?? {}).flatMap((service) => [
    ...buildPaths(service)
      .filter((path) => !existsSync(join(root, path)))
      .map((path) => `there is no ${path}`),
    ...(service.build ? unknownSettings(environmentNames(service.environment), settings) : []),
    ...(service.volumes ?? []).flatMap((volume) => unknownVolume(root, volume, parsed.volumes ?? {})),
  ])
  return found.map((what) => ({ ...at, what, instead: 'name what exists' }))
}

function buildPaths({ build }: Service): string[] {
  if (build === undefined) return []
  const { context = '.', dockerfile = 'Dockerfile' } = typeof build === 'string' ? { context: build } : build
  return [context, join(context, dockerfile)]
}

function environmentNames(environment: Service['environment']): string[] {
  if (!environment) return []
  return Array.isArray(environment) ? environment.map((entry) => entry.split('=')[0] ?? '') : Object.keys(environment)
}

function unknownVolume(root: string, volume: string, named: Record<string, unknown>): string[] {
  const source = volume.split(':')[0] ?? ''
  if (source.startsWith('.')) return existsSync(join(root, source)) ? [] : [`there is no ${source} to mount`]
  return source in named ? [] : [`the volume ${source} is not declared`]
}

function unknownSettings(names: string[], settings: ReadonlySet<string>): string[] {
  return names
    .filter((name) => !settings.has(name) && !runtimeVariables.has(name))
    .map((name) => `the server reads no variable ${name}`)
}

/** Joins lines that end in a backslash; drops comments. */
function logicalLines(dockerfile: string): { text: string; line: number }[] {
  const lines: { text: string; line: number }[] = []
  let open: { text: string; line: number } | undefined
  for (const [index, raw] of dockerfile.split('\n').entries()) {
    const text = raw.trim()
    if (text === '' || text.startsWith('#')) continue
    open = open ? { ...open, text: `${open.text} ${text}` } : { text, line: index + 1 }
    if (open.text.endsWith('\\')) {
      open.text = open.text.slice(0, -1).trimEnd()
    } else {
      lines.push(open)
      open = undefined
    }
  }
  return lines
}
