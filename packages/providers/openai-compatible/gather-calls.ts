import { randomUUID } from 'node:crypto'
import type { ToolCall } from '@parlor/conversation/chat'
import { ModelFault } from './model-fault.ts'
import { isRecord } from './read-chunk.ts'

/** In characters, of all the calls in one answer together. */
const longestCalls = 262_144
const mostCalls = 128

/** Puts the calls of tools together whose pieces an answer streams. */
export interface CallGatherer {
  /** Takes a delta's `tool_calls`; tells how many characters came. @throws ModelFault `broken`, `endless`. */
  take(value: unknown): number
  /** The calls, each with an id of its own. @throws ModelFault `broken` where one names no function. */
  end(): ToolCall[]
}

interface Growing {
  index: number | null
  id: string
  name: string
  pieces: string[]
}

/** A piece of a call; what did not come is empty. */
type Piece = Pick<Growing, 'index' | 'id' | 'name'> & { args: string }

export function gatherCalls(): CallGatherer {
  const calls: Growing[] = []
  let written = 0

  function take(piece: Piece): number {
    const known = findCall(calls, piece)
    const call = known ?? { index: piece.index, id: piece.id, name: '', pieces: [] }
    if (known === undefined) calls.push(call)
    const isNamed = call.name === '' && piece.name !== ''
    if (isNamed) call.name = piece.name
    call.id ||= piece.id
    call.pieces.push(piece.args)
    return piece.args.length + (isNamed ? piece.name.length : 0)
  }

  return {
    take(value) {
      if (value == null) return 0
      if (!Array.isArray(value)) throw new ModelFault('broken')
      let came = 0
      for (const one of value) came += take(readPiece(one))
      written += came
      if (written > longestCalls || calls.length > mostCalls) throw new ModelFault('endless')
      return came
    },
    end() {
      const ids = new Set<string>()
      if (calls.every(({ index }) => index !== null)) calls.sort((a, b) => (a.index ?? 0) - (b.index ?? 0))
      return calls.map(({ id: given, name, pieces }) => {
        if (name === '') throw new ModelFault('broken')
        const id = given === '' || ids.has(given) ? `call_${randomUUID()}` : given
        ids.add(id)
        return { id, name, arguments: pieces.join('') }
      })
    },
  }
}

/**
 * The call a piece goes on with: the last one of its index, or without an index the one of its id, or the last of all. A
 * piece with a name and another id begins a new one, also under an index that is taken: some endpoints count none.
 */
function findCall(calls: readonly Growing[], { index, id, name }: Piece): Growing | undefined {
  const before =
    index === null
      ? (calls.findLast((call) => id !== '' && call.id === id) ?? (name === '' ? calls.at(-1) : undefined))
      : calls.findLast((call) => call.index === index)
  const isOther = name !== '' && id !== '' && before?.id !== '' && before?.id !== id
  return isOther ? undefined : before
}

function readPiece(value: unknown): Piece {
  if (!isRecord(value) || !isRecord(value.function)) throw new ModelFault('broken')
  const { name, arguments: args } = value.function
  return {
    index: typeof value.index === 'number' ? value.index : null,
    id: textOf(value.id).trim() === '' ? '' : textOf(value.id),
    name: textOf(name).trim() === '' ? '' : textOf(name),
    args: textOf(args),
  }
}

function textOf(value: unknown): string {
  if (value == null) return ''
  if (typeof value !== 'string') throw new ModelFault('broken')
  return value
}
