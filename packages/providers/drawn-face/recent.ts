/** What was used last, up to so many bytes; the longest unused goes first. */
export interface Recent<T> {
  get(name: string): T | undefined
  set(name: string, value: T): void
  /** Bytes held. */
  bytes(): number
}

/** @param sizeOf bytes of one value, always the same for the same value */
export function keepRecent<T>(mostBytes: number, sizeOf: (value: T) => number): Recent<T> {
  const held = new Map<string, T>()
  let bytes = 0
  const drop = (name: string) => {
    const value = held.get(name)
    if (value === undefined) return
    held.delete(name)
    bytes -= sizeOf(value)
  }
  return {
    get: (name) => {
      const value = held.get(name)
      if (value !== undefined) {
        held.delete(name)
        held.set(name, value)
      }
      return value
    },
    set: (name, value) => {
      drop(name)
      held.set(name, value)
      bytes += sizeOf(value)
      for (const oldest of held.keys()) {
        if (bytes <= mostBytes || oldest === name) break
        drop(oldest)
      }
    },
    bytes: () => bytes,
  }
}
