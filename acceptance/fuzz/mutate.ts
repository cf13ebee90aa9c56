import type { Dice } from './dice.ts'

/** What JSON can say and JSON.stringify cannot: put in where the mark stands. */
const unsayable: readonly [string, string][] = [
  ['@@endless', '1e400'],
  ['@@deep', '['.repeat(5000) + ']'.repeat(5000)],
  ['@@deeper', `${'{"a":'.repeat(900)}0${'}'.repeat(900)}`],
  ['@@half', '"\\ud800"'],
  ['@@long', '123456789'.repeat(50)],
]

const oddKeys = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
  'type',
  'seq',
  'x',
  '\u0000',
  '0',
  'then',
]

const oddValues: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1, 1.5, -0.5, 2 ** 31, 2 ** 53, 2 ** 53 + 2, -(2 ** 63), 1e308, 1e-308],
  ...['', ' ', '\u0000', 'a\u0000b', '\u202e', '🙂', 'ü'.repeat(2049), 'x'.repeat(4097), 'x'.repeat(200), '٣', 'NaN'],
  ...['__proto__', 'answer:1', "'; DROP TABLE visitors; --", '<script>alert(1)</script>', '\r\n\r\n', '%00'],
  ...[[], {}, [[]], [null], { type: 'hello' }, { toJSON: 1 }, { length: 1e9 }, Array(300).fill(0)],
  ...unsayable.map(([mark]) => mark),
]

/** The same JSON with one to three things in it changed: taken away, added, of another kind, huge or deep. */
export function mutateJson(value: unknown, dice: Dice): unknown {
  let changed = value
  for (let times = 1 + dice.below(3); times > 0; times--) changed = changeOne(changed, dice)
  return changed
}

function changeOne(value: unknown, dice: Dice): unknown {
  if (typeof value !== 'object' || value === null) return changeLeaf(value, dice)
  const entries: [string, unknown][] = Object.entries(value)
  const at = dice.below(Math.max(1, entries.length))
  const found = entries[at]
  const kind = dice.below(10)
  if (found === undefined || kind === 0) entries.push([dice.pick(oddKeys), dice.pick(oddValues)])
  else if (kind === 1) entries.splice(at, 1)
  else if (kind < 5) entries[at] = [found[0], dice.pick(oddValues)]
  else if (kind === 5) entries[at] = [dice.pick(oddKeys), found[1]]
  else entries[at] = [found[0], changeOne(found[1], dice)]
  // Own fields also where they are called __proto__.
  return Array.isArray(value) ? entries.map(([, one]) => one) : Object.fromEntries(entries)
}

function changeLeaf(value: unknown, dice: Dice): unknown {
  if (typeof value === 'string' && dice.chance(0.7)) return mutateText(value, dice)
  if (typeof value === 'number' && dice.chance(0.5)) return dice.pick([value + 1, -value, value * 1e9, value + 0.5])
  return dice.pick(oddValues)
}

/** JSON text; marks become what JSON.stringify would not write. */
export function writeJson(value: unknown): string {
  let text = JSON.stringify(value) ?? 'null'
  for (const [mark, raw] of unsayable) text = text.replaceAll(`"${mark}"`, raw)
  return text
}

const splinters = [
  '\ud800',
  '\u0000',
  '"',
  '\\',
  '{',
  '}',
  '[',
  '\ufeff',
  '🙂',
  '\r\n',
  '=',
  '.',
  '%',
  ' ',
  'é',
  '-',
  '0',
]

/** The same text with one place changed. */
export function mutateText(text: string, dice: Dice): string {
  const at = dice.below(text.length + 1)
  const length = 1 + dice.below(4)
  const kind = dice.below(6)
  if (kind === 0) return text.slice(0, at)
  if (kind === 1) return text.slice(0, at) + text.slice(at + length)
  if (kind === 2) return text.slice(0, at) + text.slice(at, at + length).repeat(1 + dice.below(30)) + text.slice(at)
  if (kind === 3) return text.slice(0, at) + dice.pick(splinters) + text.slice(at + 1)
  if (kind === 4) return text.slice(0, at) + dice.pick(splinters) + text.slice(at)
  return text.slice(at) + text.slice(0, at)
}

/** The same bytes with one to four places changed: bits, runs, numbers, or the end. */
export function mutateBytes(bytes: Buffer, dice: Dice): Buffer {
  let changed: Buffer = Buffer.from(bytes)
  for (let times = 1 + dice.below(4); times > 0; times--) changed = changeBytes(changed, dice)
  return changed
}

function changeBytes(bytes: Buffer, dice: Dice): Buffer {
  const at = dice.below(bytes.length + 1)
  const to = Math.min(bytes.length, at + 1 + dice.below(40))
  const [head, run, rest] = [bytes.subarray(0, at), bytes.subarray(at, to), bytes.subarray(to)]
  switch (dice.below(8)) {
    case 0:
      return Buffer.concat([head, rest])
    case 1:
      return Buffer.concat([head, run, run, run, rest])
    case 2:
      return Buffer.concat([head, dice.bytes(run.length), rest])
    case 3:
      return dice.chance(0.3) ? head : bytes
    case 4:
      return changeNumber(bytes, dice)
    default:
      if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << dice.below(8))
      return bytes
  }
}

/** Lengths and references are what parsers believe. */
function changeNumber(bytes: Buffer, dice: Dice): Buffer {
  const text = bytes.toString('latin1')
  const numbers = [...text.matchAll(/\d+/g)]
  if (numbers.length === 0) return bytes
  const { index, 0: digits } = dice.pick(numbers)
  const other = dice.pick(['0', '-1', '1', '65536', '4294967295', '99999999999999999999', String(dice.below(40))])
  return Buffer.from(text.slice(0, index) + other + text.slice(index + digits.length), 'latin1')
}
