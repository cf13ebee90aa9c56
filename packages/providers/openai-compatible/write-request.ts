import type { Calling } from '@parlor/conversation/brain'
import type { Prompt, PromptMessage } from './compose-prompt.ts'
import type { ModelRequest } from './open-model.ts'

type Message = ModelRequest['prompt'][number]
type Settings = Omit<ModelRequest, 'prompt'>

/** The prompt as the AI SDK takes it, with the caller's tools and wishes, where there are any. */
export function writeRequest({ instructions, messages }: Prompt, calling: Calling | undefined): ModelRequest {
  const names = new Map(messages.flatMap(({ toolCalls = [] }) => toolCalls.map(({ id, name }) => [id, name])))
  return {
    prompt: [{ role: 'system', content: instructions }, ...messages.map((message) => writeMessage(message, names))],
    ...(calling && writeSettings(calling)),
  }
}

function writeMessage(
  { role, content, toolCalls = [], answers = '' }: PromptMessage,
  names: Map<string, string>,
): Message {
  if (role === 'user') return { role, content: [{ type: 'text', text: content }] }
  if (role === 'tool') {
    const output = { type: 'text', value: content } as const
    return { role, content: [{ type: 'tool-result', toolCallId: answers, toolName: names.get(answers) ?? '', output }] }
  }
  const calls = toolCalls.map(({ id, name, arguments: input }) => {
    return { type: 'tool-call', toolCallId: id, toolName: name, input } as const
  })
  return { role, content: [...(content === '' ? [] : [{ type: 'text', text: content } as const]), ...calls] }
}

function writeSettings({ tools, toolChoice, maxOutputTokens, temperature, topP, stop }: Calling): Settings {
  return {
    ...(tools.length > 0 && {
      tools: tools.map(({ name, description, parameters }) => ({
        type: 'function',
        name,
        ...(description !== undefined && { description }),
        inputSchema: parameters,
      })),
      toolChoice: typeof toolChoice === 'string' ? { type: toolChoice } : { type: 'tool', toolName: toolChoice.name },
    }),
    // Sent as `max_tokens`, which is the name most endpoints know.
    ...(maxOutputTokens !== null && { maxOutputTokens }),
    ...(temperature !== null && { temperature }),
    ...(topP !== null && { topP }),
    ...(stop.length > 0 && { stopSequences: [...stop] }),
  }
}
