export type { CommitStats } from './group-commit.ts'
export { openSqliteStores, type SqliteOptions, type SqliteStores } from './open-sqlite-stores.ts'
export { type RefusalReason, StoreRefused } from './store-refused.ts'
export { steadyClock } from './time-mark.ts'
