import type { House } from './house.ts'

const page = { offset: 0, limit: 1000 }

/** Everything a refused call could have changed in both accounts, as text. */
export async function stockOf({ composed, mine, theirs }: House): Promise<string> {
  const { sessions, accounts, agents, knowledge, chats } = composed.stores
  const ofOne = async (owner: House['mine']) => {
    const { items } = await sessions.listSessions({ accountId: owner.accountId }, page)
    const projects = await accounts.listProjects(owner.accountId)
    return Promise.all([
      agents.agents.list(owner.accountId, 'all', page),
      agents.brains.list(owner.accountId, 'all', page),
      agents.avatars.list(owner.accountId, 'private', page),
      agents.voices.list(owner.accountId, 'private', page),
      knowledge.listBases(owner.accountId, page),
      knowledge.listDocuments(owner.base, page),
      projects,
      ...projects.map(({ id: projectId }) => chats.listChats({ projectId }, page)),
      accounts.listKeys(owner.accountId),
      items,
      ...items.map(({ id }) => sessions.listLedger(id)),
    ])
  }
  return JSON.stringify([await ofOne(mine), await ofOne(theirs), await accounts.listAccounts()])
}
