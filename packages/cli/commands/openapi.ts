import { ParlorCore, readInterface, unwrap } from '@parlor/sdk'
import type { Command } from 'commander'
import { checkAddress, readConnection } from '../connection.ts'
import { startPrivateServer } from '../server-process.ts'
import { withExample } from './options.ts'

export function addOpenapiCommand(program: Command): void {
  const openapi = program
    .command('openapi')
    .description('Print the interface description (OpenAPI 3.1) as JSON.')
    .option('--json', 'print JSON and nothing else, as it always does')
    .action(async () => {
      const { url } = readConnection()
      const own = url === undefined ? await startPrivateServer() : null
      try {
        const client = own?.client ?? new ParlorCore({ baseUrl: checkAddress(url ?? '') })
        console.log(JSON.stringify(await unwrap(readInterface(client)), null, 2))
      } finally {
        await own?.stop()
      }
    })
  openapi.addHelpText(
    'after',
    '\nAsks the server at PARLOR_URL; without it, starts one of its own over\nPARLOR_DATA_DIR.',
  )
  withExample(openapi, 'parlor openapi > openapi.json')
}
