import { type Static, Type } from 'typebox'
import { answerWith, readingOnly, requireInput, type Tool } from './tool.ts'

const usualDocuments = 50
const mostDocuments = 100

const input = Type.Object(
  {
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: mostDocuments,
        description: `Documents at most; ${usualDocuments} unless given.`,
      }),
    ),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000, description: 'How many to skip.' })),
  },
  { additionalProperties: false },
)

const document = Type.Object({
  title: Type.String(),
  source: Type.String({ description: 'The file name or address: what a citation calls its source.' }),
  url: Type.Optional(Type.String({ description: 'Where it can be opened.' })),
})

/** What the knowledge base is made of. */
export const listTool: Tool = {
  description: {
    name: 'list_documents',
    title: 'List the documents',
    description: 'Lists the documents of the knowledge base. To read what they say, search them.',
    inputSchema: input as never,
    outputSchema: Type.Object({
      documents: Type.Array(document),
      total: Type.Integer({ minimum: 0, description: 'How many there are in all.' }),
    }) as never,
    annotations: { title: 'List the documents', ...readingOnly },
  },
  async run({ knowledge }, base, given) {
    const { limit = usualDocuments, offset = 0 } = read(given)
    const { items, total } = await knowledge.listDocuments(base.id, { limit, offset })
    const documents = items.map(({ title, name, url }) => ({ title, source: name, ...(url === null ? {} : { url }) }))
    const lines = documents.map(
      ({ title, source, url }) => `- ${title} (${source})${url === undefined ? '' : ` ${url}`}`,
    )
    const lead = `“${base.name}” has ${total} ${total === 1 ? 'document' : 'documents'}.`
    return answerWith([lead, ...lines].join('\n'), { documents, total })
  },
  empty(given, why) {
    read(given)
    return answerWith(why, { documents: [], total: 0 })
  },
}

function read(given: unknown): Static<typeof input> {
  requireInput(input, given)
  return given as Static<typeof input>
}
