import type { RoomServer } from '@parlor/core/room'
import { within } from './within.ts'

/** A media server whose calls end after `ms` milliseconds, whatever becomes of them: nobody waits for one that hangs. */
export function boundServer(server: RoomServer, ms: number): RoomServer {
  return {
    url: server.url,
    create: (wish) => within(ms, server.create(wish)),
    remove: (room) => within(ms, server.remove(room)),
    list: () => within(ms, server.list()),
    listPeople: (room) => within(ms, server.listPeople(room)),
    opensRoomsByItself: () => within(ms, server.opensRoomsByItself()),
    grant: (wish) => server.grant(wish),
    readHint: (body, authorization) => server.readHint(body, authorization),
  }
}
