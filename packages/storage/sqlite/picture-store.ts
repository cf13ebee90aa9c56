import type { PictureStore } from '@parlor/core/agent'
import type { Access } from './access.ts'

/** The images customers gave for their avatars, in SQLite. */
export function sqlitePictureStore({ sql, read, write, first, run }: Access): PictureStore {
  return {
    putPicture: (avatarId, { type, bytes }) => {
      const put = sql
        .insertInto('pictures')
        .values({ avatar_id: avatarId, type, bytes })
        .onConflict((taken) => taken.column('avatar_id').doUpdateSet({ type, bytes }))
      return write(() => void run(put))
    },
    findPicture: (avatarId) => {
      const find = sql.selectFrom('pictures').select(['type', 'bytes']).where('avatar_id', '=', avatarId)
      return read(() => first(find))
    },
  }
}
