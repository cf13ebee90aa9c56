import { acknowledgeEarly, type Fault, pauseAWhile } from './break-store.ts'

export const accountFaults: readonly Fault[] = [
  {
    name: 'acknowledges an account before it is kept',
    noticedBy: 'found by id and by name',
    breakIn: ({ accounts }) => ({ accounts: { insertAccount: acknowledgeEarly(accounts.insertAccount) } }),
  },
  {
    name: 'takes a name twice',
    noticedBy: "an account's name is taken once",
    breakIn: ({ accounts }) => ({
      accounts: { insertAccount: (account) => accounts.insertAccount(account).catch(() => {}) },
    }),
  },
  {
    name: 'takes a slug twice',
    noticedBy: 'a slug is taken once',
    breakIn: ({ accounts }) => ({
      accounts: { insertProject: (project) => accounts.insertProject(project).catch(() => {}) },
    }),
  },
  {
    name: "disables anybody's key",
    noticedBy: 'a key is disabled once',
    breakIn: () => ({ accounts: { disableKey: async () => true } }),
  },
  {
    name: 'drops deleted projects from the list',
    noticedBy: 'a deleted project stays',
    breakIn: ({ accounts }) => ({
      accounts: {
        listProjects: async (account) => (await accounts.listProjects(account)).filter((one) => one.deletedAt === null),
      },
    }),
  },
  {
    name: 'forgets which origins were asked for',
    noticedBy: 'a project is updated',
    breakIn: ({ accounts }) => ({
      accounts: { updateProject: (project) => accounts.updateProject({ ...project, originRequests: [] }) },
    }),
  },
  {
    name: 'keeps every key to its project',
    noticedBy: 'a key is found by its digest',
    breakIn: ({ accounts }) => ({
      accounts: { insertKey: (key) => accounts.insertKey({ ...key, isAccountWide: false }) },
    }),
  },
  {
    name: "forgets a key's own ceiling",
    noticedBy: 'a key is found by its digest',
    breakIn: ({ accounts }) => ({
      accounts: { insertKey: (key) => accounts.insertKey({ ...key, concurrency: null }) },
    }),
  },
  {
    name: 'hides disabled keys',
    noticedBy: 'also when disabled',
    breakIn: ({ accounts }) => ({
      accounts: {
        findKeyByDigest: async (digest) => {
          const owner = await accounts.findKeyByDigest(digest)
          return owner?.key.disabledAt === null ? owner : null
        },
      },
    }),
  },
]

export const signingKeyFaults: readonly Fault[] = [
  {
    name: 'never lets a key retire',
    noticedBy: 'older ones stay known with their end',
    breakIn: ({ signingKeys }) => ({
      signingKeys: { rotateSigningKey: (key) => signingKeys.rotateSigningKey(key, Number.MAX_SAFE_INTEGER) },
    }),
  },
]

export const knowledgeFaults: readonly Fault[] = [
  {
    name: 'keeps what a document was read from before',
    noticedBy: 'keeps what it was read from',
    breakIn: ({ knowledge }) => {
      const known = new Map<string, Awaited<ReturnType<typeof knowledge.findSource>>>()
      return {
        knowledge: {
          findSource: async (id) => {
            const found = known.get(id) ?? (await knowledge.findSource(id))
            known.set(id, found)
            return found
          },
        },
      }
    },
  },
  {
    name: "lists everybody's bases",
    noticedBy: 'a base keeps for whom it was made',
    breakIn: ({ knowledge }) => ({
      knowledge: { listBases: (account, page) => knowledge.listBases(account, page) },
    }),
  },
  {
    name: 'forgets what is said of a document',
    noticedBy: 'a document keeps what is said of it',
    breakIn: ({ knowledge }) => ({
      knowledge: {
        putDocument: ({ description: _, ...document }, ...rest) => knowledge.putDocument(document, ...rest),
      },
    }),
  },
  {
    name: 'finds signs wherever they stand',
    noticedBy: 'only meet where two words do',
    breakIn: ({ knowledge }) => ({
      knowledge: {
        search: (base, words, limit) =>
          knowledge.search(
            base,
            words.flatMap((word) => Array.from(word)),
            limit,
          ),
      },
    }),
  },
  {
    name: 'knows only whole runs of Thai',
    noticedBy: 'words of Thai',
    breakIn: ({ knowledge }) => ({
      knowledge: {
        search: (base, words, limit) =>
          knowledge.search(
            base,
            words.map((word) => `${word}วัน`),
            limit,
          ),
      },
    }),
  },
  {
    name: 'puts a document in two pieces',
    noticedBy: 'all of the old one or all of the new one',
    breakIn: ({ knowledge }) => ({
      knowledge: {
        putDocument: async (document, chunks) => {
          await knowledge.putDocument(document, chunks.slice(0, chunks.length / 2))
          await pauseAWhile()
          return knowledge.putDocument(document, chunks)
        },
      },
    }),
  },
  {
    name: 'leaves the old passages beside the new ones',
    noticedBy: 'only the new passages',
    breakIn: ({ knowledge }) => ({
      knowledge: {
        putDocument: async (document, chunks) => {
          const older = await knowledge.findDocumentByName(document.knowledgeBaseId, document.name)
          if (older) await knowledge.putDocument({ ...older, id: `${older.id}-old`, name: `${older.name}-old` }, chunks)
          return knowledge.putDocument(document, chunks)
        },
      },
    }),
  },
  {
    name: 'searches every base',
    noticedBy: "other tenants' documents",
    breakIn: ({ knowledge }) => {
      const bases: string[] = []
      return {
        knowledge: {
          insertBase: (base) => {
            bases.push(base.id)
            return knowledge.insertBase(base)
          },
          search: async (_, words, limit) => {
            const found = await Promise.all(bases.map((base) => knowledge.search(base, words, limit)))
            return found.flat().toSorted((a, b) => b.score - a.score)
          },
        },
      }
    },
  },
  {
    name: 'scores the other way round',
    noticedBy: 'a word in the title weighs more',
    breakIn: ({ knowledge }) => ({
      knowledge: {
        search: async (base, words, limit) =>
          (await knowledge.search(base, words, limit)).map((hit) => ({ ...hit, score: -hit.score })),
      },
    }),
  },
]

export const transcriptFaults: readonly Fault[] = [
  {
    name: "mixes visitors' logs",
    noticedBy: "another visitor's log",
    breakIn: ({ transcripts }) => ({
      transcripts: {
        append: (session, _, at, decide) => transcripts.append(session, 'everybody', at, decide),
        readTail: (session) => transcripts.readTail(session, 'everybody'),
        listEvents: (_, after) => transcripts.listEvents('everybody', after),
        listMessages: () => transcripts.listMessages('everybody'),
      },
    }),
  },
  {
    name: 'says nothing of forgotten events',
    noticedBy: 'forgotten events are said to be gone',
    breakIn: ({ transcripts }) => ({
      transcripts: { listEvents: async (visitor, after) => (await transcripts.listEvents(visitor, after)) ?? [] },
    }),
  },
  {
    name: 'counts messages per visitor instead of per session',
    noticedBy: 'reference model',
    breakIn: ({ transcripts }) => ({
      transcripts: {
        readTail: async (session, visitor) => {
          const tail = await transcripts.readTail(session, visitor)
          return { ...tail, sessionMessages: Math.min(tail.sessionMessages, tail.messages) }
        },
      },
    }),
  },
  {
    name: 'forgets the tokens of an answer that was reset',
    noticedBy: 'reference model',
    breakIn: ({ transcripts }) => ({
      transcripts: {
        append: (session, visitor, at, decide) =>
          transcripts.append(session, visitor, at, (tail, has) => {
            const wanted = decide(tail, has)
            return wanted?.resets ? { ...wanted, tokens: 0 } : wanted
          }),
      },
    }),
  },
  {
    name: 'acknowledges an append before it is kept',
    noticedBy: 'as soon as they are acknowledged',
    breakIn: ({ transcripts }) => ({
      transcripts: {
        append: async (session, visitor, at, decide) => {
          transcripts.append(session, visitor, at, decide).catch(() => {})
          const tail = {
            lastSeq: 2,
            lastResponse: 0,
            conversation: 1,
            messages: 0,
            sessionMessages: 0,
            sessionTokens: 0,
          }
          return { events: [], tail }
        },
      },
    }),
  },
  {
    name: 'adds a message that is there already',
    noticedBy: 'a message with a known id replaces',
    breakIn: ({ transcripts }) => ({
      transcripts: {
        append: (session, visitor, at, decide) =>
          transcripts.append(session, visitor, at, (tail, has) => {
            const wanted = decide(tail, has)
            const messages = wanted?.messages?.map((one) => (has(one.id) ? { ...one, id: `${one.id}'` } : one))
            return wanted === null || messages === undefined ? wanted : { ...wanted, messages }
          }),
      },
    }),
  },
]
