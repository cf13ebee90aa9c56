import type { SeatStore } from '@parlor/core/room'
import type { Access } from './access.ts'
import { packId } from './pack-id.ts'
import { prepareWrite } from './prepare-write.ts'

/** Seats in SQLite, in the rows of their sessions. */
export function sqliteSeatStore({ db, read, write }: Access): SeatStore {
  const take = prepareWrite(
    db,
    "UPDATE sessions SET seat_node = ? WHERE id = ? AND state <> 'ended' AND seat_node IS ?",
  )
  const free = prepareWrite(
    db,
    "UPDATE sessions SET seat_node = NULL WHERE id = ? AND state <> 'ended' AND seat_node = ?",
  )
  const find = db.prepare('SELECT seat_node FROM sessions WHERE id = ? AND seat_node IS NOT NULL')
  return {
    takeSeat: (sessionId, node, from) => write(() => Number(take.run(node, packId(sessionId), from).changes) === 1),
    freeSeat: (sessionId, node) => write(() => void free.run(packId(sessionId), node)),
    findSeats: (sessionIds) =>
      read(() => {
        const found = sessionIds.map((id) => [id, find.get(packId(id))?.seat_node] as const)
        return new Map(found.filter((one): one is [string, string] => typeof one[1] === 'string'))
      }),
  }
}
