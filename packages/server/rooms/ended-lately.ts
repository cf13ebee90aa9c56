/** Sessions of this node whose rooms were removed a moment ago, while tokens for them may still be knocked with. */
export interface EndedLately {
  add(sessionId: string): void
  /** Those whose rooms are to be looked at now: a few, the ones that waited longest. */
  next(): string[]
}

const lastsMs = 60_000
/** What is remembered, and what is asked for in one look: a look is to stay cheap, however many sessions end. */
const most = 1_000
const mostAtOnce = 20

export function endedLately(monotonicMs: () => number): EndedLately {
  const endedAt = new Map<string, number>()
  return {
    add(sessionId) {
      endedAt.set(sessionId, monotonicMs())
      for (const oldest of endedAt.keys()) {
        if (endedAt.size <= most) break
        endedAt.delete(oldest)
      }
    },
    next() {
      const now = monotonicMs()
      for (const [id, at] of endedAt) if (now - at > lastsMs) endedAt.delete(id)
      const due = [...endedAt].slice(0, mostAtOnce)
      // Behind all others, for the next look.
      for (const [id, at] of due) {
        endedAt.delete(id)
        endedAt.set(id, at)
      }
      return due.map(([id]) => id)
    },
  }
}
