import fc from 'fast-check'

/** As much of JSON Schema as the interface description uses. */
export interface Schema {
  type?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  const?: unknown
  enum?: unknown[]
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  maxItems?: number
  pattern?: string
  patternProperties?: Record<string, Schema>
  additionalProperties?: boolean | Schema
}

const longest = 60

/** Text that has broken somebody's server before. */
export const hostileText = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '\u0000',
    '\ud800',
    "'; DROP TABLE sessions; --",
    '../../../etc/passwd',
    '%00%ff',
    '{{7*7}}',
    '<script>alert(1)</script>',
    '\r\nset-cookie: a=b',
    '__proto__',
    'constructor',
    'x'.repeat(3000),
    '1e400',
    '-0',
    '٣',
    '🙂'.repeat(50),
  ),
)

/** Any JSON at all. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
  fc.array(hostileText, { maxLength: 3 }),
  fc.dictionary(hostileText, fc.oneof(hostileText, fc.integer()), { maxKeys: 3 }),
)

/** Values that fit a schema, as far as it says what it wants. */
export function fitting(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(fitting))
  switch (schema.type) {
    case 'string':
      return fc.string({ minLength: schema.minLength ?? 0, maxLength: Math.min(schema.maxLength ?? longest, longest) })
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -1000, max: schema.maximum ?? 1_000_000 })
    case 'number':
      return fc.double({ min: schema.minimum ?? -1000, max: schema.maximum ?? 1e6, noNaN: true })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return fc.array(fitting(schema.items ?? {}), { maxLength: Math.min(schema.maxItems ?? 3, 3) })
    case 'object':
      return fittingObject(schema)
    default:
      return anyJson
  }
}

function fittingObject({ properties = {}, required = [], patternProperties }: Schema): fc.Arbitrary<unknown> {
  if (patternProperties !== undefined) return fc.dictionary(fc.string({ maxLength: 10 }), anyJson, { maxKeys: 3 })
  const fields = Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, fitting(field)]))
  return fc.record(fields, { requiredKeys: required.filter((name) => name in fields) })
}

/** Values that fit, except that one place in them holds something else. */
export function misfitting(schema: Schema): fc.Arbitrary<unknown> {
  const object = schema.properties ? schema : schema.anyOf?.find(({ properties }) => properties)
  const names = Object.keys(object?.properties ?? {})
  if (object === undefined || names.length === 0) return anyJson
  return fc.tuple(fitting(object), fc.constantFrom(...names), anyJson, fc.boolean()).map(([value, name, odd, drop]) => {
    const broken = { ...(value as Record<string, unknown>) }
    if (drop) delete broken[name]
    else broken[name] = odd
    return broken
  })
}
