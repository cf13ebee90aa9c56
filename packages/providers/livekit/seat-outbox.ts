export interface Outbox {
  /** Sends it after what waits. What waits under the same `place` gives way to it. What fails is not sent again. */
  put(work: () => Promise<unknown>, place?: string): void
  /** Takes nothing more, and resolves when what waits is sent and had time to go, or after a second. */
  close(): Promise<void>
}

/** Beyond it a connection that is being mended loses the oldest words. */
const mostWaiting = 100
const longestMs = 5000
const partingMs = 1000
/** The client calls something sent that it has put into its connection; closing that at once takes it back. */
const underwayMs = 250

/** Keeps the order of what is told to a room: the client's own calls overtake each other. */
export function openOutbox(): Outbox {
  const waiting: { work: () => Promise<unknown>; place: string | undefined }[] = []
  let sending: Promise<void> | null = null
  let isClosed = false
  let sentAt = Number.NEGATIVE_INFINITY

  const sendAll = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      await inTime(next.work, longestMs)
      sentAt = performance.now()
    }
    sending = null
  }

  return {
    put(work, place) {
      if (isClosed) return
      const older = place === undefined ? undefined : waiting.find((each) => each.place === place)
      if (older) older.work = work
      else waiting.push({ work, place })
      if (waiting.length > mostWaiting) waiting.shift()
      sending ??= sendAll()
    },
    async close() {
      isClosed = true
      await inTime(async () => sending, partingMs)
      waiting.length = 0
      const left = sentAt + underwayMs - performance.now()
      if (left > 0) await inTime(() => new Promise(() => {}), left)
    },
  }
}

/** Neither an error nor silence of the connection holds up what comes after. */
async function inTime(work: () => Promise<unknown>, longest: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, longest)
  })
  try {
    await Promise.race([work(), late])
  } catch {
    // Best effort: whoever needed it asks again, or is gone.
  } finally {
    clearTimeout(timer)
  }
}
