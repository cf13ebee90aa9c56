import type { Calling } from '@parlor/conversation/brain'
import type { Prompt, PromptMessage } from './compose-prompt.ts'

/** A request in OpenAI's shape, as JSON, with the caller's tools and wishes, where there are any. */
export function writeRequest(model: string, { instructions, messages }: Prompt, calling: Calling | undefined): string {
  return JSON.stringify({
    model,
    stream: true,
    stream_options: { include_usage: true },
    messages: [{ role: 'system', content: instructions }, ...messages.map(writeMessage)],
    ...(calling && writeSettings(calling)),
  })
}

function writeMessage({ role, content, toolCalls = [], answers = '' }: PromptMessage): object {
  if (role === 'tool') return { role, tool_call_id: answers, content }
  if (toolCalls.length === 0) return { role, content }
  const calls = toolCalls.map(({ id, name, arguments: args }) => {
    return { id, type: 'function', function: { name, arguments: asJson(args) } }
  })
  return { role, content: content === '' ? null : content, tool_calls: calls }
}

/** Endpoints refuse a talk in which a model once wrote arguments that are no JSON. */
function asJson(args: string): string {
  try {
    JSON.parse(args)
    return args
  } catch {
    return JSON.stringify(args)
  }
}

function writeSettings({ tools, toolChoice, maxOutputTokens, temperature, topP, stop }: Calling): object {
  return {
    ...(tools.length > 0 && {
      tools: tools.map(({ name, description, parameters }) => {
        return { type: 'function', function: { name, description, parameters } }
      }),
      tool_choice: typeof toolChoice === 'string' ? toolChoice : { type: 'function', function: toolChoice },
    }),
    // The name most endpoints know.
    ...(maxOutputTokens !== null && { max_tokens: maxOutputTokens }),
    ...(temperature !== null && { temperature }),
    ...(topP !== null && { top_p: topP }),
    ...(stop.length > 0 && { stop }),
  }
}
