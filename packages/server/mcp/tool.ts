import type { CallToolResult, Tool as ToolDescription } from '@modelcontextprotocol/server'
import type { KnowledgeBase } from '@parlor/conversation/knowledge'
import type { TSchema } from 'typebox'
import { Check, Errors } from 'typebox/value'
import type { McpCall, McpPorts } from './mcp-ports.ts'

/** A tool as it is listed, with what it does. */
export interface Tool {
  description: ToolDescription
  run(ports: McpPorts, base: KnowledgeBase, input: unknown, call: McpCall): Promise<CallToolResult>
  /** The answer where there is nothing to read from: not an error, an empty list. */
  empty(input: unknown, why: string): CallToolResult
}

/** All of ours only read, and read nothing but the knowledge base. */
export const readingOnly = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
} as const

/** What a tool cannot do is told to the model in the answer: it can then do better. */
export class ToolRefusal extends Error {}

/** @throws ToolRefusal naming what is wrong with the input. */
export function requireInput(schema: TSchema, input: unknown): void {
  if (Check(schema, input)) return
  const faults = Errors(schema, input)
    .slice(0, 3)
    .map(({ instancePath, message }) => `${instancePath.slice(1) || 'the arguments'} ${message}`)
  throw new ToolRefusal(`The arguments are not what the tool takes: ${faults.join('; ')}.`)
}

export function answerWith(text: string, structuredContent: Record<string, unknown>): CallToolResult {
  return { content: [{ type: 'text', text }], structuredContent }
}
