import { ParlorError } from '@parlor/core/errors'
import type { EndedSession, EndingFanOut, Session } from '@parlor/core/session'

/** Something that is being done on a session. */
export interface Held {
  /** Stops it. Resolves when nothing more is served of it; called again when the session is ended again. */
  end(session: EndedSession): void | Promise<void>
  /** Stops it at once and without a word: this node may serve nothing any more. */
  cut(): void
}

/** The sessions on which something is being done here. */
export interface HeldSessions {
  fanOut: EndingFanOut
  /** From here on an ending of the session reaches `held`, until the returned function is called. @throws ParlorError `session_ended`, `rate_limited` (too much at once). */
  hold(session: Session, held: Held): () => void
  /** Who writes a session's end down when its time has come while something is being done on it. */
  onExpiry(expire: (session: Session) => void, now: () => number): void
  /** Cuts everything that is held. */
  cutAll(): void
  close(): void
}

interface Entry {
  session: Session
  held: Set<Held>
  timer: NodeJS.Timeout | undefined
}

/**
 * How long an ending is remembered, in milliseconds: longer than any request lives between the moment its session was read and
 * the moment it is held.
 */
const rememberMs = 300_000
/** Calls, streams and answers of one session at once, all together: far more than a page needs. */
const mostHeld = 256
/** Node's timers hold no more than 31 bits. */
const longestTimerMs = 2 ** 31 - 1

export function holdSessions(): HeldSessions {
  const entries = new Map<string, Entry>()
  const over = recentEndings()
  let expiry: { expire: (session: Session) => void; now: () => number } | null = null

  function watch(entry: Entry): void {
    if (expiry === null) return
    const { expire, now } = expiry
    const leftMs = entry.session.expiresAt - now()
    const arrive = () => {
      if (now() >= entry.session.expiresAt) expire(entry.session)
      else watch(entry)
    }
    entry.timer = setTimeout(arrive, Math.min(Math.max(0, leftMs), longestTimerMs))
    entry.timer.unref()
  }

  function release(entry: Entry, held: Held): void {
    entry.held.delete(held)
    if (entry.held.size > 0) return
    clearTimeout(entry.timer)
    if (entries.get(entry.session.id) === entry) entries.delete(entry.session.id)
  }

  return {
    fanOut: {
      sessionEnded: async (session) => {
        over.add(session)
        const held = [...(entries.get(session.id)?.held ?? [])]
        await Promise.all(held.map((one) => one.end(session)))
      },
    },
    hold(session, held) {
      const ended = over.find(session.id)
      if (ended !== undefined) throw sessionEnded(ended)
      let entry = entries.get(session.id)
      if (entry === undefined) {
        entry = { session, held: new Set(), timer: undefined }
        entries.set(session.id, entry)
        watch(entry)
      }
      const kept = entry
      if (kept.held.size >= mostHeld) throw tooMuch()
      kept.held.add(held)
      return () => release(kept, held)
    },
    onExpiry(expire, now) {
      expiry = { expire, now }
    },
    cutAll() {
      for (const { held } of [...entries.values()]) for (const one of [...held]) one.cut()
    },
    close() {
      for (const { timer } of entries.values()) clearTimeout(timer)
    },
  }
}

export function sessionEnded({ reason }: EndedSession): ParlorError {
  return new ParlorError('session_ended', { facts: { reason: reason ?? 'expired' } })
}

function tooMuch(): ParlorError {
  return new ParlorError('rate_limited', {
    message: `The session has ${mostHeld} calls and streams at once. Close some of them.`,
    facts: { retry_after: 1 },
  })
}

/** The endings heard of lately, oldest first: a request whose session was read before must not slip through after. */
function recentEndings() {
  const endings = new Map<string, { session: EndedSession; at: number }>()
  return {
    add(session: EndedSession): void {
      const now = performance.now()
      for (const [id, { at }] of endings) {
        if (now - at < rememberMs) break
        endings.delete(id)
      }
      endings.delete(session.id)
      endings.set(session.id, { session, at: now })
    },
    find: (id: string): EndedSession | undefined => endings.get(id)?.session,
  }
}
