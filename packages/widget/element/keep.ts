import type { Kept } from '@parlor/protocol'

/** What a page keeps for one session over a reload, in its own session storage. Every method bears storage that is off. */
export interface Keeper {
  canKeep: boolean
  /** What was kept, unchecked: the frame checks it. */
  read(): Kept | undefined
  /** Null forgets. */
  write(kept: Kept | null): void
}

/** `storage` is asked for anew each time, for touching it can throw. */
export function createKeeper(session: string, storage: () => Storage): Keeper {
  const key = `parlor:${session}`
  const attempt = <T>(use: (storage: Storage) => T): T | undefined => {
    try {
      return use(storage())
    } catch {
      return undefined
    }
  }
  const read = () => attempt((store) => JSON.parse(store.getItem(key) ?? 'null') ?? undefined)
  return {
    read,
    write: (kept) => attempt((store) => (kept ? store.setItem(key, JSON.stringify(kept)) : store.removeItem(key))),
    canKeep: !!attempt((store) => {
      store.setItem(key, JSON.stringify(read() ?? null))
      return true
    }),
  }
}
