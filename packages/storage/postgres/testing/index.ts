export { openForTest } from './open-for-test.ts'
export { borrowDatabase, returnDatabase } from './test-database.ts'
