export interface SampleQueue {
  put(samples: Int16Array): void
  /** The next samples, at most `most`, as a view; null where none wait. */
  take(most: number): Int16Array | null
  size(): number
  clear(): void
}

/** Samples in order, put in as they come and taken out in pieces. */
export function openSampleQueue(): SampleQueue {
  let waiting: Int16Array[] = []
  let size = 0
  return {
    put(samples) {
      waiting.push(samples)
      size += samples.length
    },
    take(most) {
      const [first] = waiting
      if (!first) return null
      const taken = first.subarray(0, most)
      if (first.length > most) waiting[0] = first.subarray(most)
      else waiting.shift()
      size -= taken.length
      return taken
    },
    size: () => size,
    clear() {
      waiting = []
      size = 0
    },
  }
}
