import { makesOnce, namedPlaces, openAnswers } from './names.ts'
import type { Operation } from './read-operations.ts'
import { type NamedTypes, renderObject, renderType, type Schema } from './render-schema.ts'

const head = "// Made by `npm run sdk:types` from the server's interface description; changes made here are lost.\n\n"

/** What the server takes and answers, as the text of a TypeScript file. */
export function renderTypes(operations: readonly Operation[]): string {
  const places = namedPlaces.map(([name, operation, ...path]) => ({
    name,
    schema: follow(operations, operation, path),
  }))
  const named: NamedTypes = new Map(places.map(({ name, schema }) => [renderType(schema), name]))
  const shapes = places.map(({ name, schema }) => `export interface ${name} ${renderObject(schema, named)}`)
  const own = operations.flatMap((operation) => [requestOf(operation, named), answerOf(operation, named)])
  const table = operations.map(
    ({ id, summary }) => `/** ${summary} */\n${id}: { request: ${title(id)}Request; answer: ${title(id)}Answer }`,
  )
  const given = `import type { ${[...new Set(Object.values(openAnswers))].sort().join(', ')} } from './open-answers.ts'`
  return `${head}${given}\n\n${[...shapes, ...own].join('\n\n')}\n\n/** Every operation by its name in the interface description. */\nexport interface Operations {\n${table.join('\n')}\n}\n`
}

/** One function for each operation, as the text of a TypeScript file. */
export function renderFunctions(operations: readonly Operation[]): string {
  const functions = operations.map((operation) => {
    const { id, summary, method, path } = operation
    const call = `/* @__PURE__ */ operation('${id}', ${JSON.stringify(detailsOf(operation))})`
    return `/** ${summary} \`${method} ${path}\` */\nexport const ${id}: OperationFunction<'${id}'> = ${call}\n`
  })
  return `${head}import { type OperationFunction, operation } from './operation.ts'\n\n${functions.join('\n')}`
}

function detailsOf({ id, method, path, door, query, hasBody, answer }: Operation): object {
  return {
    method,
    path,
    door,
    ...(query.length > 0 && { query }),
    ...(hasBody && { hasBody }),
    ...(method === 'POST' && makesOnce.test(id) && { makesOnce: true }),
    ...(answer !== null && answerShape(answer)),
  }
}

/** As much of an answer as tells it from somebody else's: the types of the first fields it must have. */
function answerShape(answer: Schema): object {
  if (answer.anyOf?.some(({ type }) => type === 'null')) return { answer: 'object or null' }
  const types = (answer.required ?? []).map((name): [string, unknown] => [name, answer.properties?.[name]?.type])
  const known = types.flatMap(([name, type]) => {
    const is = runtimeTypes[String(type)]
    return is === undefined ? [] : [[name, is]]
  })
  return known.length === 0 ? { answer: 'object' } : { answer: 'object', has: Object.fromEntries(known.slice(0, 3)) }
}

const runtimeTypes: Readonly<Record<string, string>> = {
  string: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  object: 'object',
  array: 'object',
}

function follow(operations: readonly Operation[], id: string, path: readonly string[]): Schema {
  const start = operations.find((operation) => operation.id === id)?.answer
  const found = path.reduce<Schema | undefined>(
    (schema, step) => (step === '[]' ? schema?.items : schema?.properties?.[step]),
    start ?? undefined,
  )
  if (found?.properties === undefined) throw new Error(`tools/sdk/names.ts: there is no object at ${[id, ...path]}.`)
  return found
}

function requestOf({ id, request }: Operation, named: NamedTypes): string {
  return declare(`${title(id)}Request`, renderObject(request, named))
}

function answerOf({ id, answer }: Operation, named: NamedTypes): string {
  const name = `${title(id)}Answer`
  if (answer === null) return declare(name, 'undefined')
  const { data, meta, ...own } = answer.properties ?? {}
  const required = answer.required?.filter((field) => field in own) ?? []
  const base = named.get(renderType({ type: 'object', properties: own, required }))
  if (data === undefined || meta === undefined || base === undefined)
    return declare(name, openAnswers[id] ?? renderType(answer, named), answer)
  // Both generations of clients find theirs: the fields, and the same fields under `data`.
  const envelope = renderType({ type: 'object', properties: { data, meta }, required: ['data', 'meta'] }, named)
  return `export interface ${name} extends ${base} ${envelope}`
}

function declare(name: string, type: string, schema?: Schema): string {
  return schema?.anyOf === undefined && type.startsWith('{\n')
    ? `export interface ${name} ${type}`
    : `export type ${name} = ${type}`
}

function title(id: string): string {
  return id.charAt(0).toUpperCase() + id.slice(1)
}
