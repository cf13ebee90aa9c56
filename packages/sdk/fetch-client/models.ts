/** How a field of a model is carried: as it is or as a date, required or not; or as another model. */
export type Field = 'must' | 'may' | 'date' | 'mayDate' | { model: Model<unknown>; isMany?: true; isOptional?: true }

/** The five functions generated clients have for each model. */
export interface Model<T> {
  FromJSON(json: unknown): T
  FromJSONTyped(json: unknown, ignoreDiscriminator?: boolean): T
  ToJSON(value?: T | null): unknown
  ToJSONTyped(value?: T | null, ignoreDiscriminator?: boolean): unknown
  /** Whether every required field is there. */
  instanceOf(value: object): value is object & T
}

/**
 * A model by its fields: camelCase here, snake_case on the wire. A required date that is missing is an Invalid Date, an optional
 * field that is null is absent (contracts 0.6, 2.2); fields nobody named are dropped.
 */
export function model<T>(fields: { readonly [K in keyof T]-?: Field }): Model<T> {
  const table = Object.entries<Field>(fields).map(([name, field]) => ({ name, field, wire: toSnake(name) }))
  const FromJSON = (json: unknown): T => {
    if (typeof json !== 'object' || json === null) return json as T
    const from = json as Record<string, unknown>
    const pairs = table.map(({ name, wire, field }) => [name, readField(field, from[wire])] as const)
    // Every field of T was read by its own rule.
    return Object.fromEntries(pairs.filter(([, value]) => value !== undefined)) as T
  }
  const ToJSON = (value?: T | null): unknown => {
    if (typeof value !== 'object' || value === null) return value
    const from = value as Record<string, unknown>
    return Object.fromEntries(table.map(({ name, wire, field }) => [wire, writeField(field, from[name])]))
  }
  return {
    FromJSON,
    FromJSONTyped: FromJSON,
    ToJSON,
    ToJSONTyped: ToJSON,
    instanceOf: (value): value is object & T =>
      table.every(({ name, field }) => isOptional(field) || (value as Record<string, unknown>)[name] !== undefined),
  }
}

function isOptional(field: Field): boolean {
  return typeof field === 'string' ? field.startsWith('may') : field.isOptional === true
}

function readField(field: Field, value: unknown): unknown {
  if (value === null && isOptional(field)) return undefined
  if (field === 'date') return new Date(value as string)
  if (field === 'mayDate') return value === undefined ? undefined : new Date(value as string)
  if (typeof field === 'string' || value === undefined) return value
  return field.isMany && Array.isArray(value) ? value.map(field.model.FromJSON) : field.model.FromJSON(value)
}

function writeField(field: Field, value: unknown): unknown {
  if (value instanceof Date) return value.toISOString()
  if (typeof field === 'string') return value
  const write = field.model.ToJSON as (value: unknown) => unknown
  return field.isMany && Array.isArray(value) ? value.map(write) : write(value)
}

function toSnake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
