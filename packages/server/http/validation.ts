import { type Fault, ParlorError } from '@parlor/core/errors'
import { Ajv, type ErrorObject } from 'ajv'
import addFormatsModule from 'ajv-formats'
import type { FastifyInstance } from 'fastify'
import { sayPattern } from './text-patterns.ts'

// The package is CommonJS: its default export sits one level deeper than its types say.
const addFormats = addFormatsModule as unknown as (ajv: Ajv) => void

/** More faults than this help nobody. */
const mostFaults = 20

/** Bodies are taken as they are: never coerced, never stripped. Queries, parameters and headers are text, so they are coerced. */
export function validateStrictly(app: FastifyInstance): void {
  const exact = new Ajv({ allErrors: true, strict: false })
  const lenient = new Ajv({ allErrors: true, strict: false, coerceTypes: 'array', useDefaults: true })
  addFormats(exact)
  addFormats(lenient)
  app.setValidatorCompiler(({ schema, httpPart }) => (httpPart === 'body' ? exact : lenient).compile(schema as object))
  app.setSchemaErrorFormatter((errors, part) => {
    const faults = joinChoices(telling(errors as ErrorObject[]))
      .slice(0, mostFaults)
      .map((error) => toFault(error, part))
    const text = faults.map((fault) => `${fault.path.slice(1).join('.') || fault.path[0]}: ${fault.message}`)
    return new ParlorError('validation_failed', { message: `${text.join('; ')}.`, faults })
  })
}

const silent: ReadonlySet<string> = new Set(['anyOf', 'if'])

/**
 * Where a value may also be null, a fault in it brings two more that say nothing: `must be null` and `anyOf`. Where what a value
 * must be depends on what is in it, `if` says that something of it was wrong.
 */
function telling(errors: readonly ErrorObject[]): ErrorObject[] {
  const told = errors.filter(({ keyword, params }) => !silent.has(keyword) && params.type !== 'null')
  return told.length > 0 ? told : [...errors]
}

/** A value that may be one of several words brings a fault for each of them; one that names them all says what to write. */
function joinChoices(errors: readonly ErrorObject[]): ErrorObject[] {
  const choices = Map.groupBy(errors.filter(isChoice), ({ instancePath }) => instancePath)
  return errors.flatMap((error) => {
    if (!isChoice(error)) return [error]
    const all = choices.get(error.instancePath) ?? []
    if (all[0] !== error) return []
    const words = all.flatMap(({ params }) => params.allowedValues ?? [params.allowedValue])
    const told = words.map((word) => JSON.stringify(word)).join(', ')
    return [{ ...error, message: words.length > 1 ? `must be one of ${told}` : `must be ${told}` }]
  })
}

function isChoice({ keyword }: ErrorObject): boolean {
  return keyword === 'const' || keyword === 'enum'
}

function toFault(error: ErrorObject, part: string): Fault {
  const path = error.instancePath.split('/').slice(1).map(unescapePointer)
  if (error.keyword === 'required') path.push(String(error.params.missingProperty))
  const type = error.keyword === 'required' ? 'missing' : error.keyword
  const message = sayPattern(error.params.pattern) ?? error.message ?? 'is not allowed'
  return { path: [part, ...path], type, message }
}

/** JSON Pointer (RFC 6901), with numbers where an index stands. */
function unescapePointer(segment: string): string | number {
  const text = segment.replaceAll('~1', '/').replaceAll('~0', '~')
  return /^\d+$/.test(text) ? Number(text) : text
}

/**
 * Answers are written as they were rendered. Schemas of answers describe them (a test holds the two together); a serializer
 * made from them takes three to five times as long for the nullable fields of these wires.
 */
export function writePlainJson(app: FastifyInstance): void {
  app.setSerializerCompiler(() => JSON.stringify)
}
