import type { SeatStore } from '@parlor/core/room'
import type { Access, Statement } from './access.ts'
import { packId } from './pack-id.ts'

const take: Statement = {
  name: 'take-seat',
  // Who waited for the row looks at it once more: of many, one finds the seat as it was.
  text: `UPDATE sessions SET seat_node = $2 WHERE id = $1::uuid AND ended_at IS NULL
    AND seat_node IS NOT DISTINCT FROM $3::text RETURNING 1`,
}
const free: Statement = {
  name: 'free-seat',
  text: 'UPDATE sessions SET seat_node = NULL WHERE id = $1::uuid AND ended_at IS NULL AND seat_node = $2',
}
const find: Statement = {
  name: 'find-seats',
  text: 'SELECT id, seat_node FROM sessions WHERE id = ANY ($1::uuid[]) AND seat_node IS NOT NULL',
}

/** Seats in Postgres, in the rows of their sessions. */
export function postgresSeatStore({ ask, tell }: Access): SeatStore {
  return {
    takeSeat: async (sessionId, node, from) => (await tell(take, [packId(sessionId), node, from])).length === 1,
    freeSeat: async (sessionId, node) => {
      await tell(free, [packId(sessionId), node])
    },
    findSeats: async (sessionIds) => {
      if (sessionIds.length === 0) return new Map()
      const named = new Map(sessionIds.map((id) => [packId(id), id]))
      const rows = await ask<{ id: string; seat_node: string }>(find, [[...named.keys()]])
      return new Map(rows.map(({ id, seat_node: node }) => [named.get(id) ?? id, node]))
    },
  }
}
