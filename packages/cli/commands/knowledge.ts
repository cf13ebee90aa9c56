import { basename, resolve } from 'node:path'
import type { Command } from 'commander'
import { connect, readConnection } from '../connection.ts'
import { importFolder } from '../import-folder.ts'
import { startPrivateServer } from '../server-process.ts'

export function addKnowledgeCommands(program: Command): void {
  const knowledge = program.command('knowledge').description('Work with what agents know.')
  knowledge
    .command('import')
    .argument('<folder>', 'a folder with Markdown (.md) and text (.txt) files')
    .option('-b, --base <name>', 'the knowledge base to fill; made when missing (default: the folder’s name)')
    .option('--prune', 'also remove documents that are no longer in the folder')
    .description('Read a folder of documents into a knowledge base. Unchanged documents are left alone.')
    .addHelpText(
      'after',
      '\nTalks to the server at PARLOR_URL with PARLOR_API_KEY. Without PARLOR_URL it starts one of its own over PARLOR_DATA_DIR,\nwhich needs that no other server uses it.\n\nExample:\n  parlor knowledge import ./handbook --base Handbook\n',
    )
    .action(async (folder: string, options: { base?: string; prune?: boolean }) => {
      const name = options.base ?? basename(resolve(folder))
      const own = readConnection().url === undefined ? await startPrivateServer() : null
      try {
        await importFolder(own?.client ?? connect(), { folder, name, prune: options.prune ?? false })
      } finally {
        await own?.stop()
      }
    })
}
