import type { AdminAgent } from '@parlor/sdk'
import type { Command } from 'commander'
import { collect } from '../collect.ts'
import { connect } from '../connection.ts'
import { type Columns, type Printing, print, table } from '../print.ts'
import { given, withAccount, withExample, withJson } from './options.ts'

const columns: Columns<AdminAgent> = {
  id: (agent) => agent.id,
  name: (agent) => agent.name,
  brain: (agent) => agent.brain_id,
  made: (agent) => agent.created_at,
}

export function addAgentCommands(program: Command): void {
  const agents = program.command('agents').description('Who answers: avatar, voice, brain and settings.')
  const list = agents
    .command('list')
    .description('Show the agents of an account.')
    .action(async ({ account, ...options }: Printing & { account?: string }) => {
      const all = await collect(connect().operator.agents.list({ page_size: 100, ...given({ account }) }))
      print(all, options, (rows) => table(rows, columns, 'There is no agent.'))
    })
  withExample(withJson(withAccount(list)), 'parlor agents list')
}
