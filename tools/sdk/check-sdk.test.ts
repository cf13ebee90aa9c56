import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type OpenApi, readOperations } from './read-operations.ts'
import { renderType, type Schema } from './render-schema.ts'
import { checkWeights } from './weigh.ts'
import { checkReport, renderReport } from './write-report.ts'

const made: string[] = []
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function write(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'sdk-'))
  made.push(root)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

const text = { type: 'string' }

/** A thing, or what it is to be made from. */
function byIdOr(made: Schema): Schema {
  return JSON.parse(JSON.stringify({ type: 'object', '#': made }).replace('"#"', '"then"'))
}

describe('a type', () => {
  it.each([
    [{ type: 'integer' }, 'number'],
    [{ anyOf: [text, { type: 'null' }] }, 'string | null'],
    [{ type: 'array', items: { anyOf: [text, { type: 'null' }] } }, '(string | null)[]'],
    [{ enum: ['a', 'b'] }, '"a" | "b"'],
    [{ type: 'object', additionalProperties: true }, '{ [name: string]: unknown }'],
    [{ type: 'object', properties: { a: text, 'b-c': text }, required: ['a'] }, '{\na: string\n"b-c"?: string\n}'],
    [byIdOr({ type: 'object', properties: { a: text } }), '{ id: string } | {\na?: string\n}'],
    [{}, 'unknown'],
  ])('is what the schema %j lets through', (schema, type) => {
    expect(renderType(schema)).toBe(type)
  })

  it('goes by its name wherever it turns up', () => {
    const thing = { type: 'object', properties: { a: { ...text, description: 'what it is' } } }
    const named = new Map([[renderType(thing), 'Thing']])
    expect(renderType({ type: 'array', items: thing }, named)).toBe('Thing[]')
    expect(renderType({ type: 'object', properties: { one: thing } }, named)).toBe('{\none?: Thing\n}')
  })
})

describe('an operation', () => {
  const described = (body: object): OpenApi => ({
    paths: {
      '/v1/things/{id}': {
        put: {
          operationId: 'setThing',
          summary: 'Sets it.',
          security: [{ ApiKeyAuth: [] }],
          parameters: [
            { in: 'path', name: 'id', required: true, schema: text },
            { in: 'query', name: 'page', required: true, schema: { type: 'integer', default: 1 } },
          ],
          requestBody: { content: { 'application/json': { schema: body } } },
          responses: { 200: { content: { 'application/json': { schema: {} } } } },
        },
      },
    },
  })

  it('takes path, query and body beside each other, and what has a default need not be said', () => {
    const [operation] = readOperations(described({ type: 'object', properties: { name: text }, required: ['name'] }))
    expect(operation).toMatchObject({ method: 'PUT', door: 'key', query: ['page'], hasBody: true })
    expect(Object.keys(operation?.request.properties ?? {})).toEqual(['id', 'page', 'name'])
    expect(operation?.request.required).toEqual(['id', 'name'])
  })

  it('that takes two things of one name is refused', () => {
    expect(() => readOperations(described({ type: 'object', properties: { id: text } }))).toThrow('setThing takes id')
  })
})

describe('the report', () => {
  const entries = [{ name: './a', source: 'a.ts', built: 'a' }]
  const declaration = '/** What it is. */\nexport declare function a(): B;\nimport type { B } from "./b.js";\n'
  const built = (a: string) => ({
    dist: write({
      'types/sdk/a.d.ts': a,
      'types/sdk/b.d.ts': 'export interface B {}\n',
      'types/sdk/inside.d.ts': 'export interface Inside {}\n',
    }),
    entries,
  })

  it('holds what can be reached from an entry, without comments', () => {
    const report = renderReport(built(declaration))
    expect(report).toContain('| `@parlor/sdk/a` | `sdk/a` |')
    expect(report).toContain('export interface B {}')
    expect(report).not.toMatch(/Inside|What it is/)
  })

  it('fails the check when the API changes, not when a comment does', () => {
    const root = write({ 'packages/sdk/api-report.md': renderReport(built(declaration)) })
    expect(checkReport(root, built(declaration.replace('What', 'All that')))).toEqual([])
    const [found] = checkReport(root, built(declaration.replace('a()', 'a(more?: string)')))
    expect(found?.what).toContain('a(more?: string)')
    expect(checkReport(root, built(`${declaration}export declare const c: 1;\n`))).toHaveLength(1)
  })
})

it('a function that is too heavy is refused', () => {
  const weight = { what: 'the function a', file: 'a.ts', limit: 10 }
  expect(checkWeights([{ ...weight, bytes: 10 }])).toEqual([])
  expect(checkWeights([{ ...weight, bytes: 11 }])[0]?.what).toContain('11 bytes of brotli, the limit is 10')
})
