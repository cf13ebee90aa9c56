import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LiveKitServer, startLiveKit } from '../harness/start-livekit.ts'
import { type Parlor, startParlor } from '../harness/start-parlor.ts'
import { fillPlaceholders, moveImports, type Placeholders, readBlocks } from './read-blocks.ts'
import { openWorkspace, type Workspace } from './run-block.ts'

/** The folder of the documents; set by whoever has them. */
const seeds = process.env.PARLOR_SEEDS ?? ''
const reason = 'PARLOR_SEEDS does not name the folder of the documents'
const blocks = seeds === '' ? [] : readBlocks(seeds)

describe('the code of the documents Parlor began from', () => {
  let livekit: LiveKitServer
  let parlor: Parlor
  let workspace: Workspace
  let placeholders: Placeholders
  const site = 'https://shop.example'

  beforeAll(async () => {
    if (seeds === '') return console.log(`Not run: ${reason}.`)
    const started = await startLiveKit()
    livekit = started
    parlor = await startParlor({ env: started.env })
    workspace = await openWorkspace()
    const avatar = await make('/v3/avatars', { identity: 'mira', name: 'Mira', refImage: onePixel, agentId: null })
    const agent = await make('/v3/agents', { provider: 'openai', name: 'Guide', instructions: 'Be kind.' })
    const wish = {
      name: 'A visit',
      avatar: { id: avatar.id },
      agent: { id: agent.id },
      client: 'acme',
      consumerIdentity: { identity: 'visitor', name: 'A visitor' },
    }
    const agentId = await parlor.createAgent()
    const read = await parlor.createSession(agentId)
    const meeting = (await make('/v3/sessions', wish)).session
    const minted = await parlor.request<{ client_token: string }>(
      'POST',
      '/rpc/chatSessions.create',
      { embed_origin: site },
      { 'gram-key': parlor.key },
    )
    const second = await parlor.request<{ client_token: string }>(
      'POST',
      '/rpc/chatSessions.create',
      { embed_origin: site },
      { 'gram-key': parlor.key },
    )
    tokens.push(minted.body.client_token, second.body.client_token)
    placeholders = [
      { after: 'apiKey: ', placeholder: '"YOUR API KEY"', code: JSON.stringify(parlor.key) },
      {
        after: 'widgetSessionCreate: ',
        placeholder: '...',
        code: JSON.stringify({ agenticAvatarId: agentId, settings: { maxDuration: 600 } }),
      },
      { after: 'sessionId: ', placeholder: 'sessionId_example', code: JSON.stringify(read.session_id) },
      { after: 'createEquosSessionRequest: ', placeholder: '...', code: JSON.stringify(wish) },
      { after: 'id: ', placeholder: 'id_example', code: JSON.stringify(meeting?.id) },
      { after: 'client: ', placeholder: 'client_example', code: '"acme"' },
      { after: 'embedOrigin: ', placeholder: '"<value>"', code: JSON.stringify(site) },
    ]
  }, 240_000)
  afterAll(async () => {
    workspace?.remove()
    await parlor?.[Symbol.asyncDispose]()
    await livekit?.[Symbol.asyncDispose]()
  })

  /** A token is revoked once, and two blocks revoke one. */
  const tokens: string[] = []
  const onePixel =
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  const make = async (path: string, body: object) => {
    const made = await parlor.request<{ id: string; session?: { id: string } }>('POST', path, body)
    if (made.status !== 201) throw new Error(`POST ${path} answered ${made.status}: ${made.text}`)
    return made.body
  }

  test('is there, all of it', ({ skip }) => {
    if (seeds === '') skip(reason)
    expect(blocks.map(({ file }) => file.slice(0, 3)).sort()).toEqual([
      ...Array(3).fill('000'),
      ...Array(6).fill('003'),
      ...Array(4).fill('004'),
    ])
  })

  test('compiles and succeeds, block by block', async ({ skip }) => {
    if (seeds === '') skip(reason)
    const files = blocks.map(({ file, line, language, code }) => {
      const token = code.includes('token: "<value>"') ? tokens.shift() : ''
      const values = [...placeholders, { after: 'token: ', placeholder: '"<value>"', code: JSON.stringify(token) }]
      const name = `block-${file.slice(0, 3)}-${line}.${language}`
      return workspace.write(name, fillPlaceholders(moveImports(code), values))
    })
    expect(workspace.check()).toBe('')
    const variables = { GRAM_API_KEY: parlor.key, PARLOR_BASE_URL: parlor.url, PATH: process.env.PATH ?? '' }
    for (const [index, file] of files.entries()) {
      const { code, stdout, stderr } = await workspace.run(file, variables)
      const where = `${blocks[index]?.file} line ${blocks[index]?.line}`
      expect({ code, stderr }, where).toEqual({ code: 0, stderr: '' })
      expect(stdout, where).not.toMatch(/failed:|undefined$/m)
      // Those that revoke or only import have nothing to print.
      const isSilent = /chatSessions\.?[Rr]evoke|use\w+Mutation/.test(blocks[index]?.code ?? '')
      if (!isSilent) expect(stdout.length, where).toBeGreaterThan(40)
    }
    // What the blocks asked for has happened.
    const sessions = await parlor.request<{ total: number }>('GET', '/v3/sessions?client=acme')
    expect(sessions.body.total).toBe(2)
  }, 240_000)
})
