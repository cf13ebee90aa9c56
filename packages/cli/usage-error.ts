/** The command was not called in a way it can be run: a setting or an argument is missing or wrong. Exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}
