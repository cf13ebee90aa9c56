import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { jsonSchema, stepCountIs, streamText, tool } from 'ai'
import OpenAI from 'openai'

/*
 * Runs in a page: the published clients as they are shipped, with nothing but an address and a token. Each function resolves to
 * plain data; what a client throws is its name and what it says.
 */

interface Given {
  /** Parlor's address. */
  url: string
  token: string
  question: string
  /** The token goes into `Gram-Chat-Session`; else it is the client's own key, a bearer. */
  inHeader?: boolean
}

export interface Failure {
  failed: string
  message: string
  status?: number | undefined
}

interface City {
  city: string
}

const city = { type: 'object' as const, properties: { city: { type: 'string' as const } }, required: ['city'] }
/** What the page's own tool knows. */
const weather = (where: string) => `It rains in ${where}.`

async function orFailure<T>(work: () => Promise<T>): Promise<T | Failure> {
  try {
    return await work()
  } catch (error) {
    const { name, message, status, statusCode } = error as Error & { status?: number; statusCode?: number }
    const code = status ?? statusCode
    return { failed: error instanceof OpenAI.APIError ? error.constructor.name : name, message, status: code }
  }
}

function openai({ url, token, inHeader }: Given): OpenAI {
  return new OpenAI({
    baseURL: url,
    apiKey: inHeader ? 'none' : token,
    ...(inHeader && { defaultHeaders: { 'Gram-Chat-Session': token } }),
    dangerouslyAllowBrowser: true,
    maxRetries: 0,
  })
}

export const openaiWhole = (given: Given) =>
  orFailure(async () => {
    const messages = [{ role: 'user' as const, content: given.question }]
    const answer = await openai(given).chat.completions.create({ model: 'any', messages })
    const [choice] = answer.choices
    const { citations } = answer as unknown as { citations: { n: number; title: string }[] }
    return { text: choice?.message.content, finish: choice?.finish_reason, usage: answer.usage, citations }
  })

export const openaiStream = (given: Given) =>
  orFailure(async () => {
    const messages = [{ role: 'user' as const, content: given.question }]
    const wish = { model: 'any', messages, stream: true, stream_options: { include_usage: true } } as const
    const pieces: string[] = []
    const seen = { finish: null as string | null, usage: null as unknown, citations: null as unknown }
    for await (const chunk of await openai(given).chat.completions.create(wish)) {
      const [choice] = chunk.choices
      if (choice?.delta.content) pieces.push(choice.delta.content)
      seen.finish = choice?.finish_reason ?? seen.finish
      seen.usage = chunk.usage ?? seen.usage
      seen.citations = (chunk as { citations?: unknown }).citations ?? seen.citations
    }
    return { pieces, ...seen }
  })

/** The model wants a tool of the page's, the page runs it, and the model answers with what it said. */
export const openaiTools = (given: Given) =>
  orFailure(async () => {
    const called: unknown[] = []
    const runner = openai(given).chat.completions.runTools({
      model: 'any',
      messages: [{ role: 'user', content: given.question }],
      tools: [
        {
          type: 'function',
          function: {
            name: 'weather',
            description: 'The weather in a city.',
            parameters: city,
            parse: (text: string) => JSON.parse(text) as City,
            function: (input: City) => {
              called.push(input)
              return weather(input.city)
            },
          },
        },
      ],
    })
    return { text: await runner.finalContent(), called }
  })

/** Reads until the stream is broken, from which `heard` is told with each piece. */
export const openaiUntilCut = (given: Given & { heard: string }) =>
  orFailure(async () => {
    const messages = [{ role: 'user' as const, content: given.question }]
    const pieces: string[] = []
    for await (const chunk of await openai(given).chat.completions.create({ model: 'any', messages, stream: true })) {
      pieces.push(chunk.choices[0]?.delta.content ?? '')
      document.title = `${given.heard} ${pieces.join('')}`
    }
    return { pieces }
  })

function provider({ url, token, inHeader }: Given) {
  const own = inHeader ? { headers: { 'Gram-Chat-Session': token } } : { apiKey: token }
  return createOpenAICompatible({ name: 'parlor', baseURL: url, includeUsage: true, ...own })
}

export const aiSdkStream = (given: Given) =>
  orFailure(async () => {
    let failure: unknown
    const result = streamText({
      model: provider(given)('any'),
      prompt: given.question,
      maxRetries: 0,
      onError: ({ error }) => {
        failure = error
      },
    })
    const pieces: string[] = []
    for await (const piece of result.textStream) pieces.push(piece)
    if (failure !== undefined) throw failure
    const { inputTokens, outputTokens } = await result.usage
    return { pieces, finish: await result.finishReason, inputTokens, outputTokens }
  })

export const aiSdkTools = (given: Given) =>
  orFailure(async () => {
    const called: unknown[] = []
    const result = streamText({
      model: provider(given)('any'),
      prompt: given.question,
      maxRetries: 0,
      stopWhen: stepCountIs(3),
      tools: {
        weather: tool({
          description: 'The weather in a city.',
          inputSchema: jsonSchema<City>(city),
          execute: async (input) => {
            called.push(input)
            return weather(input.city)
          },
        }),
      },
    })
    const text = await result.text
    return { text, called, steps: (await result.steps).length }
  })

export const mcpSearch = (given: Given & { project: string; isModern?: boolean }) =>
  orFailure(async () => {
    const { url, token, inHeader, project, isModern = false } = given
    const headers: Record<string, string> = inHeader
      ? { 'Gram-Chat-Session': token }
      : { Authorization: `Bearer ${token}` }
    const mode = isModern ? 'auto' : 'legacy'
    const client = new Client({ name: 'page', version: '1.0.0' }, { versionNegotiation: { mode } })
    await client.connect(
      new StreamableHTTPClientTransport(new URL(`/mcp/${project}`, url), { requestInit: { headers } }),
    )
    try {
      const { tools } = await client.listTools()
      const found = await client.callTool({ name: 'search_knowledge', arguments: { query: given.question } })
      return { tools: tools.map(({ name }) => name), found: found.structuredContent, isError: found.isError ?? false }
    } finally {
      await client.close()
    }
  })
