import type { Session } from '@parlor/sdk'
import type { Command } from 'commander'
import { collect } from '../collect.ts'
import { connect } from '../connection.ts'
import { parseCount } from '../parse-option.ts'
import { type Columns, type Printing, print, table, visible } from '../print.ts'
import { given, withAccount, withExample, withJson } from './options.ts'

type Options = Printing & { account?: string }

const columns: Columns<Session> = {
  id: (session) => session.id,
  kind: (session) => session.kind,
  state: (session) => (session.reason === null ? session.state : `${session.state}: ${session.reason}`),
  agent: (session) => session.agent_id,
  made: (session) => session.created_at,
  expires: (session) => session.expires_at,
}

const shownAtMost = 100

export function addSessionCommands(program: Command): void {
  const sessions = program.command('sessions').description('Sessions of every kind.')
  const list = sessions
    .command('list')
    .description('Show the newest sessions of an account.')
    .option('--open', 'only those that are neither ended nor expired')
    .option('--agent <id>', 'only those of this agent')
    .option('--limit <number>', `how many (default: ${shownAtMost})`, parseCount)
    .action(async (options: Options & { open?: boolean; agent?: string; limit?: number }) => {
      const { account, open, agent, limit = shownAtMost } = options
      const filter = given({ account, open, agent })
      const shown = await collect(connect().operator.sessions.list({ page_size: 100, ...filter }), limit)
      print(shown, options, (rows) => table(rows, columns, 'There is no session.'))
    })
  withExample(withJson(withAccount(list)), 'parlor sessions list --open')
  const end = sessions
    .command('end')
    .argument('<id>', 'the session’s id')
    .description('End a session for good. When it returns, nothing is served on it any more.')
    .action(async (id: string, { account, ...options }: Options) => {
      const ended = await connect().operator.sessions.end(id, given({ account }))
      print(ended, options, ({ reason }) => `ended the session ${visible(id)} (${reason})`)
    })
  withExample(withJson(withAccount(end)), 'parlor sessions end 01994f0e-…')
}
