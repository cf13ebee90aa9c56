/** As much of JSON Schema as the server's routes are written in. */
export interface Schema {
  type?: string
  description?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  default?: unknown
  minimum?: number
  maximum?: number
  maxLength?: number
  then?: Schema
}

/** Types that have a name, by how they read without comments. */
export type NamedTypes = ReadonlyMap<string, string>

const primitives: Readonly<Record<string, string>> = {
  string: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  null: 'null',
}

/** The TypeScript type of what a schema lets through; with `named`, by name where there is one, and with a comment on each field. */
export function renderType(schema: Schema, named?: NamedTypes): string {
  if (named !== undefined) {
    const name = named.get(renderType(schema))
    if (name !== undefined) return name
  }
  // What may be named by its id alone instead of being described.
  if (schema.then !== undefined) return `{ id: string } | ${renderType(schema.then, named)}`
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map((one) => renderType(one, named)))].join(' | ')
  if (schema.type === 'array') return arrayOf(renderType(schema.items ?? {}, named))
  if (schema.type === 'object') return renderObject(schema, named)
  return primitives[schema.type ?? ''] ?? 'unknown'
}

function arrayOf(type: string): string {
  return type.startsWith('{') || !type.includes(' | ') ? `${type}[]` : `(${type})[]`
}

/** The fields of an object, between braces. */
export function renderObject({ properties, required = [], additionalProperties }: Schema, named?: NamedTypes): string {
  if (properties === undefined) {
    const value = typeof additionalProperties === 'object' ? renderType(additionalProperties, named) : 'unknown'
    return `{ [name: string]: ${value} }`
  }
  const fields = Object.entries(properties).map(([name, schema]) => {
    const key = /^[a-z_$][\w$]*$/i.test(name) ? name : JSON.stringify(name)
    const comment = named === undefined ? '' : renderComment(schema)
    return `${comment}${key}${required.includes(name) ? '' : '?'}: ${renderType(schema, named)}`
  })
  return fields.length === 0 ? 'Record<string, never>' : `{\n${fields.join('\n')}\n}`
}

/** What a field's schema says beyond its type. */
function renderComment(schema: Schema): string {
  const one = schema.anyOf?.find(({ type }) => type !== 'null') ?? schema
  const said = [
    schema.description ?? one.description,
    one.minimum !== undefined && one.maximum !== undefined && `${one.minimum} to ${one.maximum}`,
    one.maxLength !== undefined && `at most ${one.maxLength} characters`,
    schema.default !== undefined && `${JSON.stringify(schema.default)} unless said`,
  ].filter(Boolean)
  return said.length === 0 ? '' : `/** ${said.map((text) => capital(String(text)).replace(/\.$/, '')).join('. ')}. */\n`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
