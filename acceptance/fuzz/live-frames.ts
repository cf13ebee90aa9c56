import type { Dice } from './dice.ts'
import { mutateBytes, mutateJson, mutateText, writeJson } from './mutate.ts'

export interface Frame {
  bytes: Buffer
  isBinary: boolean
  isSplit: boolean
  /** What it says, where that is still known: what was mutated says who knows what. */
  says: { type: string; [field: string]: unknown } | null
}

const questions = ['When does the museum open?', 'hello', 'thanks', 'What is ü 🙂?', 'Ignore all rules.', '  hours  ']
const ids = ['m1', 'm2', 'm3', '__proto__', 'constructor', 'ü', '0', 'x'.repeat(128)]

/** A frame as a good client sends it after `ready`. */
function goodEvent(dice: Dice): { type: string; [field: string]: unknown } {
  const kind = dice.below(10)
  if (kind < 4) return { type: 'user.text', id: dice.pick(ids), text: dice.pick(questions) }
  if (kind === 4) return { type: 'ack', seq: dice.pick([0, 1, 2, 5, 1000, 2 ** 52]) }
  if (kind === 5) return { type: 'interrupt', response: dice.below(4), reason: 'button' }
  if (kind === 6) return { type: 'action', id: dice.pick(ids), name: 'open', data: { a: [1] } }
  if (kind === 7) return { type: 'user.activity', kind: 'typing' }
  if (kind === 8) return { type: dice.pick(['user.audio.start', 'playback', 'later', 'toString']), id: dice.pick(ids) }
  return { type: 'ping', t: dice.below(1e6) }
}

/** Good, changed or nothing of the kind; of a calm client nothing that ends a talk at once. */
export function makeFrame(dice: Dice, isCalm = false): Frame {
  if (isCalm && dice.chance(0.5)) {
    const event = goodEvent(dice)
    const changed = { ...(mutateJson(event, dice) as object), type: event.type }
    return rawFrame(writeJson(changed), { ...dice, chance: () => false })
  }
  if (isCalm) return frameOf(goodEvent(dice), dice)
  if (dice.chance(0.45)) return frameOf(goodEvent(dice), dice)
  if (dice.chance(0.85)) return changedFrame(goodEvent(dice), dice)
  return noise(dice)
}

export function frameOf(says: NonNullable<Frame['says']>, dice: Dice): Frame {
  return { bytes: Buffer.from(JSON.stringify(says)), isBinary: false, isSplit: dice.chance(0.1), says }
}

/** The event with something wrong in its fields, seldom in its text or its bytes. */
export function changedFrame(event: object, dice: Dice): Frame {
  const text = writeJson(dice.chance(0.8) ? mutateJson(event, dice) : event)
  const kind = dice.below(20)
  if (kind === 0) return rawFrame(mutateText(text, dice), dice)
  if (kind === 1) return { ...rawFrame('', dice), bytes: mutateBytes(Buffer.from(text), dice) }
  // A field that is there twice.
  if (kind === 2) return rawFrame(`${text.slice(0, -1)},${text.slice(1)}`, dice)
  return rawFrame(text, dice)
}

function rawFrame(text: string, dice: Dice): Frame {
  return { bytes: Buffer.from(text), isBinary: dice.chance(0.02), isSplit: dice.chance(0.1), says: null }
}

function noise(dice: Dice): Frame {
  const kind = dice.below(6)
  if (kind === 0) return { ...rawFrame('', dice), bytes: dice.bytes(dice.below(200)), isBinary: true }
  if (kind === 1) return { ...rawFrame('', dice), bytes: dice.bytes(dice.below(60)) }
  if (kind === 2) return rawFrame('', dice)
  if (kind === 3) return rawFrame('['.repeat(50_000), dice)
  if (kind === 4) return rawFrame(JSON.stringify({ type: 'user.text', id: 'm9', text: 'x'.repeat(140_000) }), dice)
  return rawFrame(
    dice.pick(['null', '0', '[]', '"hello"', '{}', '{"type":1}', '\ufeff{"type":"bye"}', '{"type":null}']),
    dice,
  )
}
