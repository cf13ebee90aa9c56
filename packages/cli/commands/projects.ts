import type { Project } from '@parlor/sdk'
import type { Command } from 'commander'
import { collect } from '../collect.ts'
import { connect } from '../connection.ts'
import { type Columns, type Printing, print, table, visible } from '../print.ts'
import { given, withAccount, withExample, withJson } from './options.ts'

type Options = Printing & { account?: string }

const columns: Columns<Project> = {
  id: (project) => project.id,
  slug: (project) => project.slug,
  name: (project) => project.name,
  made: (project) => project.created_at,
}

export function addProjectCommands(program: Command): void {
  const projects = program.command('projects').description('Parts of an account, with signing keys of their own.')
  const create = projects
    .command('create')
    .argument('<name>', 'what it is called')
    .requiredOption('--slug <slug>', 'how headers and addresses name it: a-z, 0-9, - and _')
    .description('Make a project.')
    .action(async (name: string, { slug, account, ...options }: Options & { slug: string }) => {
      const made = await connect().projects.create({ name, slug, ...given({ account }) })
      print(made, options, ({ id }) => `made the project "${visible(made.slug)}" (${id})`)
    })
  withExample(withJson(withAccount(create)), 'parlor projects create "Web shop" --slug shop')
  const list = projects
    .command('list')
    .description('Show the projects of an account.')
    .action(async ({ account, ...options }: Options) => {
      const all = await collect(connect().projects.list({ page_size: 100, ...given({ account }) }))
      print(all, options, (rows) => table(rows, columns, 'There is no project.'))
    })
  withExample(withJson(withAccount(list)), 'parlor projects list')
}
