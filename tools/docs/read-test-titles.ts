import { parseSync } from 'rolldown/utils'

type Node = { type: string; start: number; end: number } & Record<string, unknown>

const makers = new Set(['test', 'it'])
/** A test that is switched off shows nothing. */
const off = new Set(['skip', 'todo', 'fails'])

/**
 * The titles of a test file's tests as they stand in its source, also of those given in tables. A title made of pieces is
 * what stands between its backticks. @throws Error where the file does not parse.
 */
export function readTestTitles(path: string, text: string): Set<string> {
  const parsed = parseSync(path, text)
  const problem = parsed.errors[0]
  if (problem) throw new Error(`${path} does not parse: ${problem.message}`)
  const titles = new Set<string>()
  walk(parsed.program as unknown as Node, (node) => {
    if (node.type !== 'CallExpression' || !isTest(node.callee as Node)) return
    const title = titleOf((node.arguments as Node[])[0], text)
    if (title !== undefined) titles.add(title)
  })
  return titles
}

/** `test`, `it.each(rows)`, `test.concurrent` and the like, whatever stands between. */
function isTest(callee: Node): boolean {
  if (callee.type === 'Identifier') return makers.has(String(callee.name))
  if (callee.type === 'MemberExpression') {
    return !off.has(String((callee.property as Node).name)) && isTest(callee.object as Node)
  }
  return callee.type === 'CallExpression' && isTest(callee.callee as Node)
}

function titleOf(first: Node | undefined, text: string): string | undefined {
  if (first?.type === 'Literal' && typeof first.value === 'string') return first.value
  return first?.type === 'TemplateLiteral' ? text.slice(first.start + 1, first.end - 1) : undefined
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node)
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child !== null && typeof child === 'object' && typeof (child as Node).type === 'string') walk(child, visit)
    }
  }
}
