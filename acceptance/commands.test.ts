import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeAgent } from './harness/make-agent.ts'
import { type CommandRun, runCommand } from './harness/run-command.ts'
import { type Parlor, type SessionAnswer, startParlor } from './harness/start-parlor.ts'

let parlor: Parlor
beforeAll(async () => {
  parlor = await startParlor()
})
afterAll(() => parlor[Symbol.asyncDispose]())

/** `parlor` against the server, as the operator unless another key is given. */
const run = (args: readonly string[], key = parlor.key): Promise<CommandRun> =>
  runCommand(args, { PARLOR_URL: parlor.url, PARLOR_API_KEY: key })

async function runJson<T = Record<string, unknown>>(args: readonly string[], key?: string): Promise<T> {
  const done = await run([...args, '--json'], key)
  expect(done).toMatchObject({ code: 0, stderr: '' })
  return done.json<T>()
}

const statusFor = async (key: string, path = '/v1/voices') =>
  (await parlor.request('GET', path, undefined, { 'x-api-key': key })).status

/** An account with a key, an agent and open sessions, all made with that key. */
async function newcomer(name: string): Promise<{ id: string; key: string; agent: string }> {
  const { id } = await runJson<{ id: string }>(['accounts', 'create', name])
  const { key } = await runJson<{ key: string }>(['keys', 'create', '--account', name, '--rate', 'none'])
  parlor.secrets.add(key)
  const agent = await makeAgent(async <Body>(method: string, path: string, body?: unknown) => {
    const answer = await parlor.request<Body>(method, path, body, { 'x-api-key': key })
    expect(answer.status).toBe(200)
    return answer.body
  })
  return { id, key, agent }
}

async function openSession(owner: { key: string; agent: string }): Promise<SessionAnswer> {
  const body = { agentic_avatar_id: owner.agent }
  const made = await parlor.request<SessionAnswer>('POST', '/v1/widget/sessions', body, { 'x-api-key': owner.key })
  expect(made.status).toBe(200)
  return made.body
}

describe('an operator', () => {
  test('makes an account, limits it, and reads it in a table or as JSON', async () => {
    const made = await runJson(['accounts', 'create', 'Museum', '--concurrent', '3', '--duration', '600'])
    expect(made).toMatchObject({
      name: 'Museum',
      concurrency: 3,
      max_duration: 600,
      suspended: false,
      is_operator: false,
      project: { slug: 'default' },
    })
    const changed = await runJson(['accounts', 'set', 'Museum', '--concurrent', 'none'])
    expect(changed).toMatchObject({ id: made.id, concurrency: null, max_duration: 600 })
    const all = await runJson<{ name: string }[]>(['accounts', 'list'])
    expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining(['default', 'Museum']))
    const table = await run(['accounts', 'list'])
    expect(table.stdout).toMatch(/^ID +NAME +AT ONCE/)
    expect(table.stdout).toContain(`${made.id}  Museum`)
  })

  test('suspends an account: its sockets close, its key stops, and it can go on later', async () => {
    const owner = await newcomer('Suspended shop')
    const sessions = await Promise.all([openSession(owner), openSession(owner)])
    const visits = await Promise.all(sessions.map(({ session_token }) => parlor.visit(session_token)))
    const done = await runJson(['accounts', 'set', owner.id, '--suspend'])
    expect(done).toMatchObject({ suspended: true, ended_sessions: 2 })
    for (const { socket } of visits) expect((await socket.closed).code).toBe(4411)
    expect(await statusFor(owner.key)).toBe(403)
    await runJson(['accounts', 'set', owner.id, '--resume'])
    expect(await statusFor(owner.key)).toBe(200)
    const ended = await runJson<{ state: string; reason: string }[]>(['sessions', 'list', '--account', owner.id])
    expect(ended.map(({ state, reason }) => `${state} ${reason}`)).toEqual(['ended revoked', 'ended revoked'])
  })

  test('cannot suspend the account that could take it back', async () => {
    const refused = await run(['accounts', 'set', 'default', '--suspend'])
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('operator’s own account') })
    expect(await statusFor(parlor.key)).toBe(200)
  })

  test('ends one session of another account, by naming it', async () => {
    const owner = await newcomer('One ended')
    const { session_id, session_token } = await openSession(owner)
    const { socket } = await parlor.visit(session_token)
    expect((await run(['sessions', 'end', session_id])).code).toBe(1)
    const open = await runJson<{ id: string }[]>(['sessions', 'list', '--open', '--account', 'One ended'])
    expect(open.map(({ id }) => id)).toEqual([session_id])
    expect(await runJson(['sessions', 'end', session_id, '--account', owner.id])).toMatchObject({ reason: 'revoked' })
    expect((await socket.closed).code).toBe(4411)
  })
})

describe('signing keys', () => {
  test('rotated now: sessions signed before end at once, others go on, new ones work', async () => {
    const [owner, other] = [await newcomer('Rotated'), await newcomer('Not rotated')]
    const [mine, theirs] = [await openSession(owner), await openSession(other)]
    const [visit, kept] = [await parlor.visit(mine.session_token), await parlor.visit(theirs.session_token)]
    const done = await runJson(['keys', 'rotate-signing', '--now', '--account', owner.id])
    expect(done).toMatchObject({ ended_sessions: 1 })
    expect((await visit.socket.closed).code).toBe(4411)
    await expect(parlor.visit(mine.session_token)).rejects.toThrow(/44(01|11)/)
    const { socket } = await parlor.visit((await openSession(owner)).session_token)
    const again = await parlor.visit(theirs.session_token)
    for (const one of [socket, kept.socket, again.socket]) one.terminate()
  })

  test('rotated gracefully: an older token is still taken', async () => {
    const owner = await newcomer('Graceful')
    const { session_token } = await openSession(owner)
    expect(await runJson(['keys', 'rotate-signing'], owner.key)).toMatchObject({ ended_sessions: 0 })
    const { socket } = await parlor.visit(session_token)
    socket.terminate()
  })
})

describe('API keys', () => {
  test('are printed once, then masked; a revoked one is refused by the very next call', async () => {
    const made = await runJson<{ key: string; id: string; masked: string }>(['keys', 'create', '--name', 'short-lived'])
    expect(made.key).toMatch(/^prl_live_[0-9a-f]{64}$/)
    expect(await statusFor(made.key)).toBe(200)
    const listed = await run(['keys', 'list', '--json'])
    expect(listed.stdout).toContain(made.masked)
    expect(listed.stdout).not.toContain(made.key)
    await runJson(['keys', 'revoke', made.id])
    expect(await statusFor(made.key)).toBe(401)
  })

  test('give no more than they have: neither scopes nor freedoms nor other accounts', async () => {
    const { key: reader } = await runJson<{ key: string }>(['keys', 'create', '--scopes', 'read'])
    const writer = await newcomer('Limited')
    const refusals = await Promise.all([
      run(['keys', 'create'], reader),
      run(['keys', 'create', '--rate', 'none'], writer.key),
      run(['keys', 'create', '--scopes', 'chat'], writer.key),
      run(['accounts', 'list'], writer.key),
      run(['accounts', 'create', 'Mine'], writer.key),
      run(['accounts', 'set', 'default', '--concurrent', '1'], writer.key),
      run(['keys', 'list', '--account', 'default'], writer.key),
      run(['keys', 'list', '--account', 'no such account'], writer.key),
    ])
    expect(refusals.map(({ code }) => code)).toEqual(refusals.map(() => 1))
    for (const { stderr } of refusals) expect(stderr).toMatch(/^parlor: .+\(req-.+\)\n$/)
    expect(refusals[2]?.stderr).toContain('"chat"')
    const own = await runJson<{ account_id: string }[]>(['keys', 'list'], writer.key)
    expect(new Set(own.map(({ account_id }) => account_id))).toEqual(new Set([writer.id]))
  })

  test('for pages are bound to origins and short sessions, and open nothing a secret key opens', async () => {
    const made = await runJson<{ key: string }>(['keys', 'create', '--client', '--origins', 'https://Shop.example'])
    expect(made).toMatchObject({
      kind: 'client',
      scopes: ['client'],
      allowed_origins: ['https://shop.example'],
      max_duration: 600,
    })
    expect(await statusFor(made.key)).toBe(401)
  })
})

test('login prints an operator session once; logout ends it, once and for its own account alone', async () => {
  const made = await runJson<{ operator_session: string }>(['login'])
  expect(made.operator_session).toMatch(/^prl_op_[0-9a-f]{64}$/)
  const other = await newcomer('Logged out')
  expect((await run(['logout', made.operator_session], other.key)).code).toBe(1)
  expect(await runJson(['logout', made.operator_session])).toEqual({ success: true })
  expect((await run(['logout', 'prl_op_nonsense'])).stderr).toContain('no such operator session')
  expect((await run(['logout'])).code).toBe(2)
})

test('projects and agents are made and found', async () => {
  const project = await runJson(['projects', 'create', 'Web shop', '--slug', 'shop'])
  expect(await runJson(['projects', 'list'])).toEqual(expect.arrayContaining([project]))
  const { key } = await runJson<{ key: string }>(['keys', 'create', '--project', 'shop'])
  expect(await statusFor(key)).toBe(200)
  const agent = await parlor.createAgent({ name: 'Guide' })
  const agents = await runJson<{ id: string; name: string }[]>(['agents', 'list'])
  expect(agents).toEqual(expect.arrayContaining([expect.objectContaining({ id: agent, name: 'Guide' })]))
})

test('the interface description comes from the server, or from one of its own over the data directory', async () => {
  const asked = await run(['openapi'])
  expect(asked.code).toBe(0)
  const paths = Object.keys(asked.json<{ paths: object }>().paths)
  expect(paths).toEqual(expect.arrayContaining(['/v1/widget/sessions', '/admin/v1/keys']))
  const dataDir = mkdtempSync(join(tmpdir(), 'parlor-openapi-'))
  const own = await runCommand(['openapi'], { PARLOR_DATA_DIR: dataDir })
  expect(own.json()).toMatchObject({ openapi: expect.stringMatching(/^3\.1/) })
  const beside = await runCommand(['openapi', '--json'], { ...parlor.store.env })
  // A file is for one server at a time; a database takes any number.
  const isTaken = parlor.store.kind === 'sqlite'
  const busy = { error: { message: expect.not.stringContaining('    at ') } }
  expect(beside.json()).toMatchObject(isTaken ? busy : { openapi: expect.stringMatching(/^3\.1/) })
  expect(beside.code).toBe(isTaken ? 1 : 0)
  rmSync(dataDir, { recursive: true })
})

test('importing tells what it read and, by name, what it could not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parlor-import-'))
  writeFileSync(join(folder, 'good.md'), '# Opening hours\n\nWe open at nine.\n')
  writeFileSync(join(folder, 'broken.pdf'), 'this is no PDF')
  writeFileSync(join(folder, 'ignored.zip'), 'not a document')
  const done = await run(['knowledge', 'import', folder, '--base', 'Imported', '--json'])
  expect(done.code).toBe(1)
  expect(done.json()).toMatchObject({
    knowledge_base: { name: 'Imported' },
    added: 1,
    not_read: [{ file: 'broken.pdf', message: expect.any(String) }],
  })
  rmSync(folder, { recursive: true })
})

test('importing follows no link and reads nothing behind a dot', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parlor-import-'))
  for (const below of ['guides', '.git']) mkdirSync(join(folder, below))
  for (const file of ['guides/tickets.md', '.git/notes.md', '._tickets.md'])
    writeFileSync(join(folder, file), '# A\n\nWords.')
  symlinkSync(folder, join(folder, 'guides', 'again'))
  symlinkSync('/etc/hosts', join(folder, 'hosts.txt'))
  const done = await run(['knowledge', 'import', folder, '--base', 'Linked', '--json'])
  rmSync(folder, { recursive: true })
  expect(done.json()).toMatchObject({ added: 1, not_read: [] })
  const { data } = (await parlor.request<{ data: { id: string; name: string }[] }>('GET', '/v1/knowledge-bases')).body
  const base = data.find(({ name }) => name === 'Linked')
  const documents = await parlor.request<{ data: { name: string }[] }>(
    'GET',
    `/v1/knowledge-bases/${base?.id}/documents`,
  )
  expect(documents.body.data.map(({ name }) => name)).toEqual(['guides/tickets.md'])
})

test('importing with a slow key waits as long as the server says, and loses nothing', async () => {
  const { key } = await runJson<{ key: string }>(['keys', 'create', '--rate', '4/2s'])
  const folder = mkdtempSync(join(tmpdir(), 'parlor-import-'))
  for (let n = 0; n < 8; n += 1) writeFileSync(join(folder, `page-${n}.md`), `# Page ${n}\n\nThis is page ${n}.\n`)
  const done = await run(['knowledge', 'import', folder, '--base', 'Slowly', '--json'], key)
  expect(done.json()).toMatchObject({ added: 8, not_read: [] })
  rmSync(folder, { recursive: true })
})

describe('a command', () => {
  const all = ['serve', 'login', 'logout', 'doctor', 'openapi', 'accounts create', 'accounts list', 'accounts set']
  const more = ['projects create', 'projects list', 'keys create', 'keys list', 'keys revoke', 'keys rotate-signing']
  const rest = ['agents list', 'sessions list', 'sessions end', 'knowledge import']
  test.each([...all, ...more, ...rest])('explains itself with an example: %s', async (command) => {
    const { code, stdout } = await runCommand([...command.split(' '), '--help'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/\nExample:\n {2}.*parlor /)
  })

  const wrong: [string, string[], number, RegExp][] = [
    ['no name', ['accounts', 'create'], 2, /missing required argument 'name'/],
    ['an empty name', ['accounts', 'create', '  '], 1, /^parlor: name: write 1 to 200 characters/],
    ['two lines as a name', ['accounts', 'create', 'a\nb'], 1, /^parlor: name: write 1 to 200/],
    ['a taken name', ['accounts', 'create', 'default'], 1, /already/],
    ['a word for a number', ['accounts', 'create', 'x', '--concurrent', 'many'], 2, /write a whole number, or none/],
    ['a day and a second', ['accounts', 'create', 'x', '--duration', '86401'], 1, /max_duration: .* 1 to 86400/],
    ['nothing to change', ['accounts', 'set', 'default'], 2, /Nothing to change/],
    ['both at once', ['accounts', 'set', 'default', '--suspend', '--resume'], 2, /not both/],
    ['an unknown account', ['accounts', 'set', 'nobody', '--suspend'], 1, /no such account/],
    ['a bad slug', ['projects', 'create', 'x', '--slug', 'A B'], 1, /slug: write 1 to 40/],
    ['a taken slug', ['projects', 'create', 'x', '--slug', 'default'], 1, /already/],
    ['an unknown scope', ['keys', 'create', '--scopes', 'read,all'], 1, /scopes.1: a secret key takes read, write/],
    ['client as a scope', ['keys', 'create', '--scopes', 'client'], 1, /kind of their own/],
    ['a rate without a window', ['keys', 'create', '--rate', '100'], 2, /such as 100\/60s/],
    ['a rate of nothing', ['keys', 'create', '--rate', '0/60s'], 2, /such as 100\/60s, or none/],
    ['nothing to be shown', ['sessions', 'list', '--limit', '0'], 2, /from 1/],
    ['a day that was', ['keys', 'create', '--expires', '2020-01-01'], 1, /expires_at: .*still to come/],
    ['no time', ['keys', 'create', '--expires', 'soon'], 2, /such as 30d/],
    ['a path as an origin', ['keys', 'create', '--client', '--origins', 'https://a.example/x'], 1, /allowed_origins/],
    ['an unknown project', ['keys', 'create', '--project', 'none'], 1, /no project "none"/],
    ['an unknown key', ['keys', 'revoke', 'nothing'], 1, /no such key/],
    ['an unknown session', ['sessions', 'end', '../accounts'], 1, /no such session/],
    ['an unknown command', ['acounts', 'list'], 2, /unknown command/],
    ['a family without a verb', ['keys'], 2, /rotate-signing/],
    ['a folder that is not there', ['knowledge', 'import', '/nowhere/at/all'], 2, /no folder/],
    ['a session without a page', ['doctor', '--session', 'x'], 2, /page’s address/],
    ['no address', ['doctor', 'shop'], 2, /no address of a page/],
  ]
  test.each(wrong)('answers %s with a sentence, not a stack', async (_, args, code, words) => {
    const [spoken, silent] = await Promise.all([run(args), run([...args, '--json'])])
    expect(spoken.stderr).toMatch(words)
    expect(spoken.stderr).not.toMatch(/\n\s+at /)
    expect(spoken.code).toBe(code)
    expect(silent).toMatchObject({ code, stderr: '' })
    if (args.length > 1) expect(silent.json()).toEqual({ error: expect.objectContaining({ code: expect.any(String) }) })
  })

  const settings: [string, Record<string, string>, RegExp][] = [
    ['no address', { PARLOR_API_KEY: 'k' }, /PARLOR_URL is not set/],
    ['no key', { PARLOR_URL: 'http://127.0.0.1:9' }, /PARLOR_API_KEY is not set/],
    ['a wrong address', { PARLOR_URL: 'parlor', PARLOR_API_KEY: 'k' }, /PARLOR_URL is no address/],
    ['a key no header takes', { PARLOR_URL: 'http://127.0.0.1:9', PARLOR_API_KEY: 'k é' }, /PARLOR_API_KEY is no key/],
  ]
  test.each(settings)('says which setting is missing: %s', async (_, env, words) => {
    const { code, stderr } = await runCommand(['keys', 'list'], env)
    expect(stderr).toMatch(words)
    expect(code).toBe(2)
  })

  test('says which Node it needs when this one is too old', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parlor-old-node-'))
    const pretence = join(folder, 'old.cjs')
    writeFileSync(pretence, "Object.defineProperty(process, 'version', { value: 'v20.19.0' })")
    const done = await runCommand(['--help'], { NODE_OPTIONS: `--require ${pretence}` })
    rmSync(folder, { recursive: true })
    expect(done).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/Node 24 .*v20\.19\.0.*npm run parlor/),
    })
  })

  test('says so where nothing answers, and where the key is unknown', async () => {
    const nobody = await runCommand(['keys', 'list'], { PARLOR_URL: 'http://127.0.0.1:9', PARLOR_API_KEY: 'k' })
    expect(nobody).toMatchObject({ code: 1, stderr: expect.stringContaining('No answer from http://127.0.0.1:9') })
    const unknown = await run(['keys', 'list', '--json'], 'prl_live_unknown')
    expect(unknown.json()).toMatchObject({ error: { code: 'INVALID_API_KEY', request_id: expect.any(String) } })
  })
})

test('no key and no operator session is in the server’s log', () => {
  for (const secret of parlor.secrets) expect(parlor.output()).not.toContain(secret)
  expect(parlor.output()).not.toMatch(/prl_(live|op)_[0-9a-f]{16}/)
})
