import type { Command } from 'commander'
import { runServer } from '../server-process.ts'

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('Start the server; its settings come from the environment (docs/settings.md).')
    .option('--demo', 'with sample data and a customer’s page, where it listens on this machine alone')
    .addHelpText('after', '\nExample:\n  PORT=8080 PARLOR_DATA_DIR=/var/lib/parlor parlor serve\n')
    .action(async (options: { demo?: boolean }) => {
      process.exitCode = await runServer(options.demo ? ['--demo'] : [])
    })
}
