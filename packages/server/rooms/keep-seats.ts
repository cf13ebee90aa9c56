import type { RoomsPorts } from './rooms-ports.ts'

/** Frees the seats of avatars that are out of their rooms, so that others may send them in. */
export interface KeptSeats {
  /** The avatar of this session is out. */
  free(sessionId: string): void
  /** The avatar will be out because of this node, whose lease is over: the seat stays its own until another node takes it. */
  keep(sessionId: string): void
  /** Whether the seat is being freed: until it is, nobody here may think that it is theirs. */
  isFreeing(sessionId: string): boolean
  /** Resolves when nothing is being freed any more. */
  allFreed(): Promise<void>
}

export function keepSeats({ seats, nodeId, logger }: Pick<RoomsPorts, 'seats' | 'nodeId' | 'logger'>): KeptSeats {
  const kept = new Set<string>()
  const freeing = new Map<string, Promise<void>>()
  return {
    free(sessionId) {
      if (kept.delete(sessionId)) return
      const freed = seats
        .freeSeat(sessionId, nodeId)
        .catch((err: unknown) => logger.warn({ err, session: sessionId }, 'a seat could not be freed'))
        .finally(() => freeing.delete(sessionId))
      freeing.set(sessionId, freed)
    },
    keep: (sessionId) => void kept.add(sessionId),
    isFreeing: (sessionId) => freeing.has(sessionId),
    allFreed: async () => {
      await Promise.all(freeing.values())
    },
  }
}
