import type { Parlor } from '../harness/start-parlor.ts'

const visiting = `# Visiting the museum

## Opening hours

The museum opens at nine in the morning. It closes at six in the evening.

## Tickets

A ticket costs twelve euros. Children under six enter for free.
`

/** A knowledge base with one document, and an agent over it. */
export async function furnishMuseum(parlor: Parlor, model: string): Promise<void> {
  const make = async (path: string, body: object) => {
    const answer = await parlor.request<{ id: string }>('POST', path, body)
    if (answer.status !== 200) throw new Error(`POST ${path} answered ${answer.status}: ${answer.text}`)
    return answer.body.id
  }
  const first = async (path: string) => (await parlor.request<{ data: { id: string }[] }>('GET', path)).body.data[0]?.id
  const base = await make('/v1/knowledge-bases', { name: 'Museum' })
  const document = { name: 'visiting.md', text: visiting, url: 'https://museum.example/visit' }
  await make(`/v1/knowledge-bases/${base}/documents`, document)
  const brain = await make('/v1/brains', {
    name: 'Museum',
    system_prompt: 'You are a guide.',
    llm_name: model,
    knowledge_base_id: base,
  })
  await make('/v1/agentic-avatars', {
    name: 'Guide',
    avatar_id: await first('/v1/avatars?scope=public'),
    voice_id: await first('/v1/voices?scope=public'),
    brain_id: brain,
  })
}
