import type { ApiKey, CreateApiKeyRequest } from '@parlor/sdk'
import type { Command } from 'commander'
import { collect } from '../collect.ts'
import { connect } from '../connection.ts'
import { parseExpiry, parseRate, parseWhole, parseWords } from '../parse-option.ts'
import { type Columns, count, type Printing, print, table, visible } from '../print.ts'
import { given, withAccount, withExample, withJson } from './options.ts'

type Options = Printing & { account?: string; project?: string }

interface CreateOptions extends Options {
  name?: string
  scopes?: string[]
  client?: boolean
  origins?: string[]
  rate?: { limit: number; windowSeconds: number }
  duration?: number
  concurrent?: number
  expires?: string
}

const columns: Columns<ApiKey> = {
  id: (key) => key.id,
  name: (key) => key.name,
  key: (key) => key.masked,
  scopes: (key) => key.scopes.join(','),
  rate: (key) => rateOf(key),
  state: (key) => key.status,
  expires: (key) => key.expires_at ?? 'never',
}

export function addKeyCommands(program: Command): void {
  const keys = program.command('keys').description('API keys, and the keys that sign session tokens.')
  addCreate(keys)
  addRotate(keys)
  const list = keys
    .command('list')
    .description('Show the keys of an account, masked.')
    .action(async ({ account, ...options }: Options) => {
      const all = await collect(connect().keys.list({ page_size: 100, ...given({ account }) }))
      print(all, options, (rows) => table(rows, columns, 'There is no key.'))
    })
  withExample(withJson(withAccount(list)), 'parlor keys list')
  const revoke = keys
    .command('revoke')
    .argument('<id>', 'the key’s id, as keys list shows it')
    .description('Take a key out of use for good; the next call with it is refused. Its sessions go on.')
    .action(async (id: string, { account, ...options }: Options) => {
      await connect().keys.revoke(id, given({ account }))
      print({ id, status: 'revoked' }, options, () => `revoked the key ${visible(id)}`)
    })
  withExample(withJson(withAccount(revoke)), 'parlor keys revoke 01994f0e-…')
}

function addCreate(keys: Command): void {
  const create = keys
    .command('create')
    .description('Make an API key. It is printed this once.')
    .option('--name <name>', 'what it is called (default: the day it was made)')
    .option('--project <project>', 'a project, by slug or id (default: default)')
    .option('--scopes <list>', 'such as read,write (the default), chat', parseWords)
    .option('--client', 'a client key, which may be published')
    .option('--origins <list>', 'origins a client key may be used from', parseWords)
    .option('--rate <rate>', 'requests in a window, such as 100/60s, or none', parseRate)
    .option('--duration <seconds>', 'the longest session it may make', (text) => parseWhole(text))
    .option('--concurrent <number>', 'sessions it may have open at once', (text) => parseWhole(text))
    .option('--expires <when>', '30d, or a time in ISO 8601', (text) => parseExpiry(text))
    .action(async (options: CreateOptions) => {
      const made = await connect().keys.create(wishFrom(options))
      print(
        made,
        options,
        ({ key, name, id, scopes }) =>
          `${key}\n\nmade the ${made.kind} key "${visible(name)}" (${id}) with ${scopes.join(', ')}. It is shown only now.`,
      )
    })
  withExample(
    withJson(withAccount(create)),
    'parlor keys create --name backend --scopes read,write --expires 90d',
    'parlor keys create --client --origins https://shop.example --concurrent 20',
  )
}

function wishFrom({
  account,
  project,
  name,
  scopes,
  client,
  origins,
  rate,
  duration,
  concurrent,
  expires,
}: CreateOptions): CreateApiKeyRequest {
  return {
    name: name ?? `made on ${new Date().toISOString().slice(0, 10)}`,
    kind: client === true ? 'client' : 'secret',
    ...given({ account, project, scopes, allowed_origins: origins, max_duration: duration }),
    ...given({ concurrency: concurrent, expires_at: expires }),
    ...(rate !== undefined && { rate_limit: rate.limit, rate_limit_window: rate.windowSeconds }),
  }
}

function addRotate(keys: Command): void {
  const rotate = keys
    .command('rotate-signing')
    .description('Give a project a new key to sign session tokens. Older tokens are taken for a day more.')
    .option('--project <project>', 'a project, by slug or id (default: default)')
    .option('--now', 'refuse older tokens at once and end their sessions')
    .action(async ({ account, project, now, ...options }: Options & { now?: boolean }) => {
      const done = await connect().keys.rotateSigning(given({ account, project, now }))
      print(done, options, ({ ended_sessions }) =>
        now === true
          ? `New tokens are signed with a new key; ${count(ended_sessions, 'session')} ended.`
          : 'New tokens are signed with a new key; older ones are taken for a day more.',
      )
    })
  withExample(withJson(withAccount(rotate)), 'parlor keys rotate-signing', 'parlor keys rotate-signing --now')
}

function rateOf({ rate_limit, rate_limit_window }: ApiKey): string {
  if (rate_limit === null) return 'default'
  return rate_limit === 0 ? 'no limit' : `${rate_limit}/${rate_limit_window ?? 60}s`
}
