import type { Fault } from './break-store.ts'

/** Each picks another agent than the newest living one of the project. */
const newestFaults: readonly Fault[] = [
  {
    name: 'takes an archived agent for the newest',
    noticedBy: "a project's newest agent",
    breakIn: ({ agents }) => {
      const archived: string[] = []
      const { agents: shelf } = agents
      return {
        agents: {
          agents: {
            ...shelf,
            archive: (account, id, at) => {
              archived.unshift(id)
              return shelf.archive(account, id, at)
            },
            findNewest: (project) => (archived[0] === undefined ? shelf.findNewest(project) : shelf.find(archived[0])),
          },
        },
      }
    },
  },
  {
    name: "takes another project's agent",
    noticedBy: "a project's newest agent",
    breakIn: ({ agents }) => {
      const { agents: shelf } = agents
      const findNewest = async (project: string) =>
        (await shelf.findNewest(project)) ?? (await shelf.findNewest('help'))
      return { agents: { agents: { ...shelf, findNewest } } }
    },
  },
]

export const agentFaults: readonly Fault[] = [
  {
    name: 'counts what the agent says as its use',
    noticedBy: "an agent's use is known",
    breakIn: ({ transcripts }) => ({
      transcripts: {
        append: (session, visitor, at, decide) =>
          transcripts.append(session, visitor, at, (tail, has) => {
            const wanted = decide(tail, has)
            const messages = wanted?.messages?.map((one) => ({ ...one, role: 'visitor' as const }))
            return wanted === null || messages === undefined ? wanted : { ...wanted, messages }
          }),
      },
    }),
  },
  {
    name: 'counts sessions that came to nothing',
    noticedBy: 'what was undone',
    breakIn: ({ agents, sessions }) => {
      let tried = 0
      return {
        sessions: {
          insertSession: (...args) => {
            tried += 1
            return sessions.insertSession(...args)
          },
        },
        agents: {
          readUsage: async (ids) => (await agents.readUsage(ids)).map((usage) => ({ ...usage, totalSessions: tried })),
        },
      }
    },
  },
  {
    name: "shows other accounts' things",
    noticedBy: 'avatars are in everybody',
    breakIn: ({ agents }) => ({
      agents: { avatars: { ...agents.avatars, list: (account, _, page) => agents.avatars.list(account, 'all', page) } },
    }),
  },
  {
    name: 'forgets a thing that was archived',
    noticedBy: 'agents are archived by their own',
    breakIn: ({ agents }) => ({
      agents: {
        agents: {
          ...agents.agents,
          find: async (id) => {
            const found = await agents.agents.find(id)
            return found?.archivedAt === null ? found : null
          },
        },
      },
    }),
  },
  ...newestFaults,
]
