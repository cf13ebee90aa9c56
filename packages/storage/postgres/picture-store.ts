import type { PictureStore } from '@parlor/core/agent'
import type { Access } from './access.ts'

/** The images customers gave for their avatars, in Postgres. */
export function postgresPictureStore({ sql, first, run }: Access): PictureStore {
  return {
    putPicture: async (avatarId, { type, bytes }) => {
      const put = sql
        .insertInto('pictures')
        .values({ avatar_id: avatarId, type, bytes })
        .onConflict((taken) => taken.column('avatar_id').doUpdateSet({ type, bytes }))
      await run(put)
    },
    findPicture: async (avatarId) => {
      const row = await first(sql.selectFrom('pictures').select(['type', 'bytes']).where('avatar_id', '=', avatarId))
      return row === null ? null : { type: row.type, bytes: new Uint8Array(row.bytes) }
    },
  }
}
