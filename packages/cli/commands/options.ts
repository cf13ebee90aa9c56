import type { Command } from 'commander'

/** Every command that answers takes it. */
export function withJson(command: Command): Command {
  return command.option('--json', 'print JSON and nothing else')
}

export function withAccount(command: Command): Command {
  return command.option('--account <account>', 'another account, by id or name; needs a key of the operator’s account')
}

/** Help ends with something to copy. */
export function withExample(command: Command, ...lines: string[]): Command {
  return command.addHelpText('after', `\nExample:\n${lines.map((line) => `  ${line}\n`).join('')}`)
}

/** Leaves out what was not said, for calls that tell an absent field from an empty one. */
export function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
