import type { StoredChatMessage } from '@parlor/conversation/chat'

/** An answer that another node may be making: it shows when it is stored. */
export interface AwaitedAnswer {
  /** The answer, once; `not yet` while it may come, null when it has been taken or can no longer come. */
  take(): StoredChatMessage | 'not yet' | null
  watch(look: () => void): () => void
}

/** How often the store is asked, in milliseconds. */
const askEveryMs = 500

/** Looks for what follows in the store until it is there, or until a time in milliseconds since 1970. */
export function awaitStored(
  find: () => Promise<readonly StoredChatMessage[]>,
  { until, now, everyMs = askEveryMs }: { until: number; now: () => number; everyMs?: number },
): AwaitedAnswer {
  let found: StoredChatMessage | null = null
  let isTaken = false
  return {
    take() {
      if (isTaken) return null
      if (found === null && now() < until) return 'not yet'
      isTaken = true
      return found
    },
    watch(look) {
      const timer = setInterval(() => {
        // A store that cannot be read now may be able to at the next look.
        find().then(
          ([message]) => {
            found ??= message ?? null
            look()
          },
          () => look(),
        )
      }, everyMs)
      timer.unref()
      return () => clearInterval(timer)
    },
  }
}
