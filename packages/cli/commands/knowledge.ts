import { basename, resolve } from 'node:path'
import type { Command } from 'commander'
import { connect, readConnection } from '../connection.ts'
import { type Imported, importFolder } from '../import-folder.ts'
import { type Printing, print, visible } from '../print.ts'
import { startPrivateServer } from '../server-process.ts'
import { withExample, withJson } from './options.ts'

export function addKnowledgeCommands(program: Command): void {
  const knowledge = program.command('knowledge').description('Work with what agents know.')
  const command = knowledge
    .command('import')
    .argument('<folder>', 'a folder with Markdown, text, HTML, PDF and Word (.docx) files')
    .option('-b, --base <name>', 'the knowledge base to fill; made when missing (default: the folder’s name)')
    .option('--prune', 'also remove documents that are no longer in the folder')
    .description('Read a folder of documents into a knowledge base. Unchanged documents are left alone.')
    .addHelpText(
      'after',
      '\nTalks to the server at PARLOR_URL with PARLOR_API_KEY. Without PARLOR_URL it\nstarts one of its own over PARLOR_DATA_DIR, which no other server may be using.',
    )
    .action(async (folder: string, options: Printing & { base?: string; prune?: boolean }) => {
      const name = options.base ?? basename(resolve(folder))
      const own = readConnection().url === undefined ? await startPrivateServer() : null
      try {
        const done = await importFolder(own?.client ?? connect(), { folder, name, prune: options.prune ?? false })
        if (done.not_read.length > 0) process.exitCode = 1
        print(done, options, describe)
      } finally {
        await own?.stop()
      }
    })
  withExample(withJson(command), 'parlor knowledge import ./handbook --base Handbook')
}

function describe({ knowledge_base, not_read, ...counts }: Imported): string {
  const words = Object.entries(counts).filter(([, count]) => count > 0)
  const done = words.map(([word, count]) => `${count} ${word}`).join(', ')
  const refused = not_read.map(({ file, message }) => `\nnot read: ${visible(file)}: ${visible(message)}`)
  const { name, id } = knowledge_base
  return `${visible(name)} (${id}): ${done || (refused.length > 0 ? 'nothing read' : 'nothing to do')}${refused.join('')}`
}
