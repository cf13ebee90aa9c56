import { readFileSync } from 'node:fs'
import { parseSync } from 'rolldown/utils'
import { lineAt } from '../finding.ts'

/** One import of any form: static, type-only, re-export, dynamic or `import('x').T`. */
export interface ImportUse {
  specifier: string
  line: number
}

/** A use of a clock, a timer or the process, written the way the source wrote it. */
export interface AmbientUse {
  name: string
  line: number
}

export interface Source {
  imports: ImportUse[]
  ambient: AmbientUse[]
}

type Node = { type: string; start: number } & Record<string, unknown>

const timers = new Set(['setTimeout', 'setInterval', 'setImmediate'])

/** Parses one file and lists what it imports and which ambient things it touches. Throws where it does not parse. */
export function readSource(file: string): Source {
  const text = readFileSync(file, 'utf8')
  const parsed = parseSync(file, text)
  const problem = parsed.errors[0]
  if (problem) throw new Error(`${file} does not parse: ${problem.message}`)
  const source: Source = { imports: [], ambient: [] }
  walk(parsed.program as unknown as Node, (node) => {
    const line = () => lineAt(text, node.start)
    const specifier = importedBy(node)
    if (specifier !== undefined) source.imports.push({ specifier, line: line() })
    const ambient = ambientUse(node)
    if (ambient) source.ambient.push({ name: ambient, line: line() })
  })
  return source
}

function importedBy(node: Node): string | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return literal(node.source)
    case 'CallExpression':
      return named(node.callee) === 'require' ? literal((node.arguments as Node[])[0]) : undefined
    default:
      return undefined
  }
}

function ambientUse(node: Node): string | undefined {
  const arity = (node.arguments as Node[] | undefined)?.length
  if (node.type === 'NewExpression' && named(node.callee) === 'Date' && arity === 0) return 'new Date()'
  if (node.type === 'CallExpression') {
    const callee = named(node.callee) ?? ''
    if (timers.has(callee)) return callee
    if (callee === 'Date') return 'Date()'
  }
  if (node.type !== 'MemberExpression') return undefined
  const owner = named(node.object)
  const property = node.computed ? literal(node.property) : named(node.property)
  if (owner === 'process') return `process.${property}`
  if (owner === 'Date' && property === 'now') return 'Date.now'
  if (owner === 'performance' && property === 'now') return 'performance.now'
  if (owner === 'globalThis' && property && timers.has(property)) return property
  return undefined
}

function named(value: unknown): string | undefined {
  const node = value as Node | undefined
  return node?.type === 'Identifier' ? String(node.name) : undefined
}

function literal(value: unknown): string | undefined {
  const node = value as Node | null | undefined
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node)
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child !== null && typeof child === 'object' && typeof (child as Node).type === 'string') walk(child, visit)
    }
  }
}
