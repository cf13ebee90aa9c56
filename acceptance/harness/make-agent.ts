/** A document as a backend uploads it. */
export interface WantedDocument {
  name: string
  text: string
  url?: string
}

export interface WantedAgent {
  name?: string
  documents?: WantedDocument[]
  /** The name of its knowledge base, which no other one of the account may have. */
  knowledgeBase?: string
  greeting?: string
  /** The brain's `llm_name`; quotations unless given. */
  model?: string
  /** More of the agent's `settings`, such as `languages`. */
  settings?: object
}

/** A request that must succeed; resolves to its body. */
export type Must = <Body>(method: string, path: string, body?: unknown) => Promise<Body>

type Made = { id: string }
type List = { data: Made[] }

/** Makes a knowledge base with documents, a brain over it and an agent with the public face and voice. Resolves to its id. */
export async function makeAgent(must: Must, wanted: WantedAgent = {}): Promise<string> {
  const base = await must<Made>('POST', '/v1/knowledge-bases', { name: wanted.knowledgeBase ?? 'Test documents' })
  for (const document of wanted.documents ?? []) {
    await must('POST', `/v1/knowledge-bases/${base.id}/documents`, document)
  }
  const brain = await must<Made>('POST', '/v1/brains', {
    name: 'Test brain',
    system_prompt: 'Answer from the documents.',
    llm_name: wanted.model ?? 'extractive',
    knowledge_base_id: base.id,
  })
  const avatars = await must<List>('GET', '/v1/avatars?scope=public')
  const voices = await must<List>('GET', '/v1/voices?scope=public')
  const agent = await must<Made>('POST', '/v1/agentic-avatars', {
    name: wanted.name ?? 'Test agent',
    avatar_id: avatars.data[0]?.id,
    voice_id: voices.data[0]?.id,
    brain_id: brain.id,
    settings: { ...(wanted.greeting !== undefined && { greeting: wanted.greeting }), ...wanted.settings },
  })
  return agent.id
}
