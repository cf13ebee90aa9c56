/**
 * Which node keeps the avatar of which session in its room: what nodes go by when one of them is gone. A node that is gone keeps its
 * seats until others take them.
 */
export interface SeatStore {
  /**
   * Gives the seat of a session that is not ended to `node` where `from` has it; null: where nobody has. Tells whether it did: of
   * many who ask at once, one is given it. Durable when it resolves.
   */
  takeSeat(sessionId: string, node: string, from: string | null): Promise<boolean>
  /** Frees the seat where `node` has it. */
  freeSeat(sessionId: string, node: string): Promise<void>
  /** Who has the seats of these sessions; free ones are left out. */
  findSeats(sessionIds: readonly string[]): Promise<ReadonlyMap<string, string>>
}
