import type { Calling, ClientTool } from '@parlor/conversation/brain'
import { readTalk, type SentMessage, type Talk } from '@parlor/conversation/chat'
import { ParlorError, refuseField } from '@parlor/core/errors'
import type { CompletionBody, MessageWire } from './schemas.ts'

/** What a caller of `/chat/completions` wishes, in our own words. */
export interface CompletionWish {
  talk: Talk
  calling: Omit<Calling, 'steps' | 'notes' | 'historyBudget'>
  /** As it was sent: the answer says it again. */
  model: string
  isStreamed: boolean
  wantsUsage: boolean
}

/** The longest answer of a tool, and all text of a request together, in bytes of UTF-8. */
const longestToolMessage = 200 * 1024
const longestPrompt = 1024 * 1024

/**
 * Reads a body its schema has let through.
 * @throws ParlorError `validation_failed` with the field, `payload_too_large` (a tool's answer, all text together).
 */
export function readCompletion(body: CompletionBody): CompletionWish {
  const messages = body.messages.map(toMessage)
  checkSizes(messages, body.tools)
  const tools = (body.tools ?? []).map(toTool)
  checkNames(tools)
  const { stop } = body
  return {
    talk: atBody(() => readTalk(messages)),
    calling: {
      tools,
      toolChoice: readChoice(body.tool_choice, tools),
      maxOutputTokens: body.max_completion_tokens ?? body.max_tokens ?? null,
      temperature: body.temperature ?? null,
      topP: body.top_p ?? null,
      stop: typeof stop === 'string' ? [stop] : (stop ?? []),
    },
    model: body.model ?? 'default',
    isStreamed: body.stream === true,
    wantsUsage: body.stream_options?.include_usage === true,
  }
}

function toMessage(message: MessageWire, index: number): SentMessage {
  const { role, tool_calls, tool_call_id } = message
  const text = readContent(message, index)
  const at = (field: string) => ['body', 'messages', index, field]
  if (role === 'tool') {
    if (!tool_call_id) throw refuseField(at('tool_call_id'), 'missing', 'a tool’s message names the call it answers')
    return { role, text, toolCallId: tool_call_id }
  }
  if (role === 'assistant') {
    const toolCalls = (tool_calls ?? []).map(({ id, function: { name, arguments: args } }) => {
      return { id, name, arguments: args }
    })
    return { role, text, toolCalls }
  }
  return { role: role === 'developer' ? 'system' : role, text }
}

function readContent({ role, content }: MessageWire, index: number): string {
  const at = ['body', 'messages', index, 'content']
  if (content == null) {
    if (role === 'assistant') return ''
    throw refuseField(at, 'missing', 'a message of this role has a content')
  }
  if (typeof content === 'string') return content
  const texts = content.map(({ type, text }, part) => {
    if (type === 'text' && text !== undefined) return text
    const message = `only parts of type "text" with a text are taken, not ${JSON.stringify(type.slice(0, 40))}`
    throw refuseField([...at, part], 'not_text', message)
  })
  return texts.join('\n')
}

function checkSizes(messages: readonly SentMessage[], tools: CompletionBody['tools']): void {
  let total = tools == null ? 0 : Buffer.byteLength(JSON.stringify(tools))
  for (const { role, text, toolCalls = [] } of messages) {
    const bytes = Buffer.byteLength(text)
    if (role === 'tool' && bytes > longestToolMessage) {
      throw tooLarge(`A tool’s message may hold ${longestToolMessage / 1024} KiB; this one holds more. Shorten it.`)
    }
    total += bytes
    for (const call of toolCalls) total += Buffer.byteLength(call.arguments)
  }
  if (total > longestPrompt) {
    throw tooLarge(`Messages and tools may hold ${longestPrompt / 1024} KiB together. Leave older messages out.`)
  }
}

function tooLarge(message: string): ParlorError {
  return new ParlorError('payload_too_large', { message })
}

type ToolWire = NonNullable<CompletionBody['tools']>[number]

function toTool({ type, function: wanted }: ToolWire, index: number): ClientTool {
  const at = ['body', 'tools', index]
  if (type !== 'function' || wanted === undefined) {
    throw refuseField(at, 'enum', 'only tools of type "function" are taken, each with its function')
  }
  const { name, description, parameters } = wanted
  const schema = parameters ?? { type: 'object', properties: {} }
  if (schema.type !== undefined && schema.type !== 'object') {
    throw refuseField([...at, 'function', 'parameters'], 'enum', 'parameters are a JSON schema of type "object"')
  }
  return { name, parameters: schema, ...(description != null && { description }) }
}

function checkNames(tools: readonly ClientTool[]): void {
  const names = new Set<string>()
  for (const [index, { name }] of tools.entries()) {
    if (names.has(name)) throw refuseField(['body', 'tools', index], 'twice', `there are two tools called "${name}"`)
    names.add(name)
  }
}

function readChoice(choice: CompletionBody['tool_choice'], tools: readonly ClientTool[]): Calling['toolChoice'] {
  if (choice == null || tools.length === 0) return 'auto'
  if (typeof choice === 'string') return choice
  const { name } = choice.function
  if (tools.some((tool) => tool.name === name)) return { name }
  throw refuseField(['body', 'tool_choice'], 'enum', 'it names none of the tools')
}

/** The talk knows messages, not the body they came in. */
function atBody<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof ParlorError)) throw error
    const faults = error.faults.map((fault) => ({ ...fault, path: ['body', ...fault.path] }))
    throw new ParlorError(error.code, { message: error.message, faults, cause: error })
  }
}
