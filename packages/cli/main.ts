#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { addAccountCommands } from './commands/accounts.ts'
import { addAgentCommands } from './commands/agents.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import { addKeyCommands } from './commands/keys.ts'
import { addKnowledgeCommands } from './commands/knowledge.ts'
import { addOpenapiCommand } from './commands/openapi.ts'
import { addOperatorCommands } from './commands/operator.ts'
import { addProjectCommands } from './commands/projects.ts'
import { addServeCommand } from './commands/serve.ts'
import { addSessionCommands } from './commands/sessions.ts'
import { describeError, exitCodeFor } from './describe-error.ts'

const json = process.argv.includes('--json')
const program = new Command('parlor')
  .description('Run Parlor and work with it.')
  .exitOverride()
  .showHelpAfterError('Say --help after the command to see what it takes.')
  // What went wrong is said below, once; a machine gets it as JSON.
  .configureOutput({ writeErr: (text) => (json ? undefined : process.stderr.write(text)) })
  .addHelpText(
    'after',
    '\nAll but serve, doctor and openapi talk to the server at PARLOR_URL with the key PARLOR_API_KEY.\nExit codes: 0 done, 1 not done or something found, 2 called wrongly.\n\nExample:\n  parlor knowledge import ./handbook --base Handbook\n',
  )
const families = [
  addServeCommand,
  addOperatorCommands,
  addAccountCommands,
  addProjectCommands,
  addKeyCommands,
  addAgentCommands,
  addSessionCommands,
  addKnowledgeCommands,
  addDoctorCommand,
  addOpenapiCommand,
]
for (const add of families) add(program)

// A reader that has seen enough, such as `head`, is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1)
})

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = exitCodeFor(error)
  if (process.exitCode !== 0) complain(error)
}

function complain(error: unknown): void {
  const failure = describeError(error)
  if (json) console.log(JSON.stringify({ error: failure }, null, 2))
  // Commander has said its own already.
  else if (!(error instanceof CommanderError)) {
    const id = failure.request_id === undefined ? '' : ` (${failure.request_id})`
    console.error(`parlor: ${failure.message}${id}`)
  }
}
