import type { RoomsPorts } from './rooms-ports.ts'

/** Frees the seats of avatars that are out of their rooms, so that others may send them in. */
export interface KeptSeats {
  /** The avatar of this session is out. */
  free(sessionId: string): void
  /** Gives the seat to whoever asks first, though the avatar is in its room still. */
  handOver(sessionId: string): Promise<void>
  /** The avatar will be out because of this node, whose lease is over: the seat stays its own until another node takes it. */
  keep(sessionId: string): void
  /** Whether the seat is being freed: until it is, nobody here may think that it is theirs. */
  isFreeing(sessionId: string): boolean
  /** Resolves when nothing is being freed any more. */
  allFreed(): Promise<void>
}

/** A node that is never there. */
const nobody = 'nobody'

type SeatPorts = Pick<RoomsPorts, 'seats' | 'seatsFreed' | 'nodeId' | 'logger'>

export function keepSeats({ seats, seatsFreed, nodeId, logger }: SeatPorts): KeptSeats {
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
    async handOver(sessionId) {
      await seats.takeSeat(sessionId, nobody, nodeId)
      seatsFreed()
    },
    keep: (sessionId) => void kept.add(sessionId),
    isFreeing: (sessionId) => freeing.has(sessionId),
    allFreed: async () => {
      await Promise.all(freeing.values())
    },
  }
}
