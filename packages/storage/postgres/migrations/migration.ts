/** One step from a version of the database to the next. It must not lose anything. */
export interface Migration {
  number: number
  name: string
  sql: string
}
