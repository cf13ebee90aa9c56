import { randomUUID } from 'node:crypto'
import { type Dice, throwDice } from './dice.ts'
import type { FuzzStage, Round } from './fuzz-stage.ts'
import { makeToken } from './fuzz-tokens.ts'
import { mutateText } from './mutate.ts'

/** Headers our own code reads, each with values that are good. */
const headers: Record<string, readonly string[]> = {
  'idempotency-key': ['order-1', 'order-2', 'x'.repeat(255)],
  'last-event-id': ['0', '1', '2', '1.5', '2.9', '0.0', '999999999.999999999'],
  'gram-chat-id': ['5b0a4a52-0b1c-4b4e-8f36-2f0e6a3f9d10', 'nonsense'],
  'gram-project': ['default', 'nowhere'],
  origin: ['https://shop.example', 'null', 'https://evil.example:1'],
  'gram-skip-capture': ['true', '1'],
  'gram-key': ['sk_test_x', 'Bearer x'],
  'gram-session': ['x'],
  'x-forwarded-for': ['1.2.3.4, 5.6.7.8'],
  'x-request-id': ['r-1'],
  'if-none-match': ['"x"', '*'],
  'content-type': ['application/json', 'application/json; charset=utf-16', 'multipart/form-data'],
  'accept-language': ['de-AT, *;q=0.1'],
  authorization: ['Bearer x', 'Basic eA=='],
  cookie: ['a=b; c'],
  range: ['bytes=0-1'],
  'mcp-protocol-version': ['2025-06-18'],
  'access-control-request-headers': ['x, y'],
}

const odd = [
  '',
  ' ',
  ',',
  ',,,',
  '\xff',
  'ü',
  '%',
  '%00',
  '"',
  '\\',
  '__proto__',
  '-1',
  '1e400',
  'x'.repeat(6000),
  '\t',
]
const oddCursors = [
  '1',
  '0',
  '2',
  '1.3',
  '99',
  '1.',
  '.1',
  '1.1.1',
  '-1',
  '',
  '1e3',
  '٣',
  '%00',
  '9999999999',
  'x'.repeat(300),
]

/** Every header we read and every cursor of a stream, changed: never a 500, and what is streamed are whole frames to the end. */
export async function fuzzHeaders(stage: FuzzStage, { seed, shots }: Round): Promise<void> {
  const { parlor } = stage
  const token = await makeToken(stage)
  const chat = { 'x-api-key': undefined, 'gram-chat-session': token, origin: 'https://shop.example' }
  const question = { messages: [{ role: 'user', content: 'When does the museum open?' }] }
  const known = randomUUID()
  const first = await parlor.request('POST', '/chat/completions', question, { ...chat, 'gram-chat-id': known })
  if (first.status !== 200) stage.fault(`a good question was answered ${first.status}: ${first.text}`)
  for (let index = 0; index < shots; index++) {
    const dice = throwDice(seed, index)
    const cursor = encodeURIComponent(
      (dice.chance(0.5) ? dice.pick(oddCursors) : mutateText('1.20', dice)).toWellFormed(),
    )
    const streamed = `/chat/turnstream?chat_id=${known}`
    const [method, path, body, credential] = dice.pick<[string, string, unknown, object]>([
      ['POST', '/v1/widget/sessions', { agentic_avatar_id: stage.agentId }, {}],
      ['GET', '/v1/avatars', undefined, {}],
      ['GET', streamed, undefined, chat],
      ['GET', `${streamed}&after=${cursor}`, undefined, chat],
      ['POST', '/chat/completions', { ...question, stream: dice.chance(0.5) }, chat],
      ['GET', `/rpc/chat.load?id=${known}`, undefined, chat],
      ['POST', '/rpc/chatSessions.create', { embed_origin: 'https://shop.example' }, { 'gram-key': parlor.key }],
      ['POST', '/mcp/default', { jsonrpc: '2.0', id: 1, method: 'tools/list' }, chat],
      ['OPTIONS', '/chat/completions', undefined, {}],
    ])
    const shown = { ...credential, ...changeHeaders(dice, path.startsWith(streamed) ? ['last-event-id'] : []) }
    const said = `${method} ${path} with ${JSON.stringify(shown).slice(0, 600)}`
    const { status, text, headers: told } = await parlor.request(method, path, body, shown)
    stage.count(`headers ${status}`)
    if (status >= 500 || status === 0) stage.fault(`${said} was answered ${status}: ${text}`)
    if (told['content-type']?.includes('text/event-stream')) {
      stage.count('streams read')
      const fault = findBrokenFrame(text)
      if (fault !== null) stage.fault(`${said}: ${fault}`)
    }
  }
}

function changeHeaders(dice: Dice, wanted: readonly string[]): Record<string, string | string[]> {
  const names = [...wanted, ...Array.from({ length: 1 + dice.below(2) }, () => dice.pick(Object.keys(headers)))]
  return Object.fromEntries(names.map((name) => [name, changeValue(name, dice)]))
}

function changeValue(name: string, dice: Dice): string | string[] {
  const good = dice.pick(headers[name] ?? [''])
  const value = dice.chance(0.3) ? good : dice.chance(0.4) ? dice.pick(odd) : mutateText(good, dice)
  // What Node would not send.
  const sendable = value.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '_')
  return dice.chance(0.1) && name !== 'content-type' ? [sendable, good] : sendable
}

/** Frames of one or more lines with a field's name each; data is JSON, or the end as OpenAI says it. */
function findBrokenFrame(text: string): string | null {
  if (!text.endsWith('\n\n')) return `the stream is cut: ${text.slice(-200)}`
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith(':') || line === 'data: [DONE]') continue
    const [, name, value = ''] = /^(id|event|data): (.*)$/.exec(line) ?? []
    if (name === undefined) return `the line ${line.slice(0, 200)}`
    if (name === 'data' && !isJson(value)) return `the data ${value.slice(0, 200)}`
    if (name === 'id' && !/^\d+(\.\d+)?$/.test(value)) return `the cursor ${value}`
  }
  return null
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
