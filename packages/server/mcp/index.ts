import type { KnowledgeStore, Retriever } from '@parlor/conversation/knowledge'
import type { AccountStore } from '@parlor/core/account'
import type { AgentStore } from '@parlor/core/agent'
import type { App } from '../http/app-types.ts'

export interface McpPorts {
  accounts: AccountStore
  agents: AgentStore
  knowledge: KnowledgeStore
  retriever: Retriever
  version: string
}

/** `/mcp/{project}`: a project's knowledge base over the Model Context Protocol. */
export function registerMcp(_app: App, _ports: McpPorts): void {}
