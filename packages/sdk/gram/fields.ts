/** The fields of a flat object by the SDK's names, and their types; `?` for one that may be absent (never null). */
export type Fields = Readonly<Record<string, 'string' | 'string?' | 'boolean' | 'integer'>>

/** What is wrong with a value, one sentence each. */
export class ShapeError extends TypeError {
  readonly issues: readonly string[]

  constructor(issues: readonly string[]) {
    super(issues.join('; '))
    this.issues = issues
  }
}

/**
 * The object under the wire's names (words joined by `joint`), or, where it came from the wire, under the SDK's. What is not listed is
 * left out.
 * @throws ShapeError
 */
export function translate(value: unknown, fields: Fields, direction: 'out' | 'in', joint = '_'): object {
  const issues: string[] = []
  const translated: Record<string, unknown> = {}
  for (const [name, kind] of Object.entries(fields)) {
    const wire = name.replace(/[A-Z]/g, (letter) => joint + letter.toLowerCase())
    const [from, to] = direction === 'out' ? [name, wire] : [wire, name]
    const found = (value as Record<string, unknown> | null | undefined)?.[from]
    if (found === undefined && kind === 'string?') continue
    const fits = kind === 'integer' ? Number.isInteger(found) : kind.startsWith(typeof found)
    if (fits) translated[to] = found
    else issues.push(`${from} must be of the type ${kind}`)
  }
  if (issues[0]) throw new ShapeError(issues)
  return translated
}
