import type { DatabaseSync } from 'node:sqlite'

/** What a read found, kept until something it could have found is written. */
export interface Memory<T extends object> {
  /** What is remembered under `key`, else what `find` finds now. Nothing found is not remembered. */
  recall(key: string, find: () => T | null): T | null
  /** To be called inside every write that could change what was found. */
  forget(): void
}

/** More different ones than this, and all are read anew. */
const mostRemembered = 10_000

/**
 * Rows that every request reads and hardly anybody writes: keys, projects, agents, signing keys. The file belongs to this
 * process alone and a write is committed in the turn of the event loop that runs it, so nobody reads between the two, and
 * what is remembered is what is committed. It is frozen, because all readers share it.
 */
export function remember<T extends object>(db: DatabaseSync): Memory<T> {
  const known = new Map<string, T>()
  return {
    recall: (key, find) => {
      // A store that was closed refuses this like any other read.
      const remembered = db.isOpen ? known.get(key) : undefined
      if (remembered !== undefined) return remembered
      const found = find()
      if (found === null) return null
      if (known.size >= mostRemembered) known.clear()
      known.set(key, freeze(found))
      return found
    },
    forget: () => known.clear(),
  }
}

function freeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) {
    // Bytes cannot be frozen.
    if (typeof part === 'object' && part !== null && !ArrayBuffer.isView(part)) freeze(part)
  }
  return Object.freeze(value)
}
