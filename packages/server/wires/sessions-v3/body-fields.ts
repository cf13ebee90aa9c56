import Type from 'typebox'
import { manyLines, namely, oneLine } from '../../http/text-patterns.ts'
import { nullable } from './answer-schemas.ts'

/** What bodies of this wire are made of. The contract states no lengths: these are Parlor's. */
export const name = Type.String({ minLength: 1, maxLength: 200, pattern: namely })
export const word = Type.String({ minLength: 1, maxLength: 200, pattern: oneLine })
export const prose = Type.String({ maxLength: 2000, pattern: manyLines })
export const instructions = Type.String({ maxLength: 32_000, pattern: manyLines })
/** An id, or an outside name; null says nobody, nothing. */
export const wordOrNull = Type.Optional(nullable(Type.String({ maxLength: 200, pattern: oneLine })))
/** A string here, although generated clients call it an object (contracts E6). */
export const client = Type.Optional(nullable(Type.String({ maxLength: 500, pattern: oneLine })))

/** What a body that changes a thing takes: the same fields, each of which may be left out. */
export function someOf<T extends Type.TProperties>(properties: T) {
  return Type.Partial(Type.Object(properties))
}
