import type { Account, SetAccountRequest } from '@parlor/sdk'
import type { Command } from 'commander'
import { collect } from '../collect.ts'
import { connect } from '../connection.ts'
import { type Ceiling, ceilingOf, parseCeiling } from '../parse-option.ts'
import { type Columns, count, type Printing, print, table, visible } from '../print.ts'
import { UsageError } from '../usage-error.ts'
import { given, withExample, withJson } from './options.ts'

interface Ceilings extends Printing {
  concurrent?: Ceiling
  duration?: Ceiling
}

const columns: Columns<Account> = {
  id: (account) => account.id,
  name: (account) => account.name,
  'at once': (account) => account.concurrency ?? 'no ceiling',
  seconds: (account) => account.max_duration ?? 'no ceiling',
  state: (account) => (account.suspended ? 'suspended' : account.is_operator ? 'operator' : 'open'),
  made: (account) => account.created_at,
}

export function addAccountCommands(program: Command): void {
  const accounts = program
    .command('accounts')
    .description('Customers of this installation; needs a key of the operator’s account.')
  addCreate(accounts)
  addSet(accounts)
  const list = accounts
    .command('list')
    .description('Show all accounts.')
    .action(async (options: Printing) => {
      const all = await collect(connect().operator.accounts.list({ page_size: 100 }))
      print(all, options, (rows) => table(rows, columns, 'There is no account.'))
    })
  withExample(withJson(list), 'parlor accounts list')
}

function addCreate(accounts: Command): void {
  const create = withCeilings(accounts.command('create'))
    .argument('<name>', 'what it is called, 1 to 200 characters')
    .description('Make an account with its default project.')
    .action(async (name: string, { concurrent, duration, ...options }: Ceilings) => {
      const made = await connect().operator.accounts.create({
        name,
        ...given({ concurrency: ceilingOf(concurrent), max_duration: ceilingOf(duration) }),
      })
      print(
        made,
        options,
        ({ id, project }) =>
          `made the account "${visible(made.name)}" (${id}) with the project "${project.slug}"\nnext: parlor keys create --account ${id}`,
      )
    })
  withExample(withJson(create), 'parlor accounts create Museum --concurrent 50 --duration 1800')
}

function addSet(accounts: Command): void {
  const set = withCeilings(accounts.command('set'))
    .argument('<id>', 'the account, by id or name')
    .option('--suspend', 'let no key of it work and end its sessions at once')
    .option('--resume', 'take a suspension back')
    .description('Change an account’s ceilings, suspend it or let it go on.')
    .action(async (id: string, options: Ceilings & { suspend?: boolean; resume?: boolean }) => {
      const { concurrent, duration, suspend, resume } = options
      if (suspend === true && resume === true) throw new UsageError('Say --suspend or --resume, not both.')
      const change: Omit<SetAccountRequest, 'id'> = {
        ...given({ concurrency: ceilingOf(concurrent), max_duration: ceilingOf(duration) }),
        ...((suspend === true || resume === true) && { suspended: suspend === true }),
      }
      if (Object.keys(change).length === 0) {
        throw new UsageError('Nothing to change: say --concurrent, --duration, --suspend or --resume.')
      }
      const account = await connect().operator.accounts.set({ id, ...change })
      const ended = suspend === true ? `\n${count(account.ended_sessions ?? 0, 'session')} ended` : ''
      print(account, options, (row) => `${table([row], columns, '')}${ended}`)
    })
  withExample(withJson(set), 'parlor accounts set Museum --concurrent 100', 'parlor accounts set Museum --suspend')
}

function withCeilings(command: Command): Command {
  return command
    .option('--concurrent <number>', 'sessions at once, or none for no ceiling', parseCeiling)
    .option('--duration <seconds>', 'the longest a session may live, or none for no ceiling', parseCeiling)
}
