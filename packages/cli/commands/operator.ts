import type { Command } from 'commander'
import { connect, readConnection } from '../connection.ts'
import { type Printing, print } from '../print.ts'
import { UsageError } from '../usage-error.ts'
import { withExample, withJson } from './options.ts'

export function addOperatorCommands(program: Command): void {
  const login = program
    .command('login')
    .description('Make an operator session for the key’s account. It lasts 30 days and is printed this once.')
    .action(async (options: Printing) => {
      print(
        await connect().operator.login(),
        options,
        ({ operator_session, expires_at }) =>
          `${operator_session}\n\nAn operator session until ${expires_at}. It is shown only now; it is sent in the header Gram-Session.\nEnd it with: parlor logout`,
      )
    })
  withExample(withJson(login), 'PARLOR_URL=http://127.0.0.1:3001 PARLOR_API_KEY=prl_live_… parlor login')

  const logout = program
    .command('logout')
    .argument('[session]', 'the operator session; without it PARLOR_OPERATOR_SESSION')
    .description('End an operator session for good.')
    .action(async (session: string | undefined, options: Printing) => {
      const wanted = session ?? readConnection().operatorSession
      if (wanted === undefined) {
        throw new UsageError('Which one? Write the operator session after logout or into PARLOR_OPERATOR_SESSION.')
      }
      await connect().operator.logout(wanted)
      print({ success: true }, options, () => 'The operator session is over.')
    })
  withExample(withJson(logout), 'PARLOR_OPERATOR_SESSION=prl_op_… parlor logout')
}
