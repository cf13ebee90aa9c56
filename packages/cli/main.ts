#!/usr/bin/env node
import { ParlorRequestError } from '@parlor/sdk'
import { Command } from 'commander'
import { addKnowledgeCommands } from './commands/knowledge.ts'
import { addServeCommand } from './commands/serve.ts'

const program = new Command('parlor')
  .description('Run Parlor and work with it.')
  .showHelpAfterError()
  .addHelpText('after', '\nExample:\n  parlor knowledge import ./handbook --base Handbook\n')
addServeCommand(program)
addKnowledgeCommands(program)

try {
  await program.parseAsync()
} catch (error) {
  console.error(`parlor: ${describe(error)}`)
  process.exitCode = 1
}

/** One sentence for a person; a request id where there is one to pass on. */
function describe(error: unknown): string {
  if (error instanceof ParlorRequestError && error.requestId !== undefined)
    return `${error.message} (${error.requestId})`
  return error instanceof Error ? error.message : String(error)
}
