import type { ChatStore } from './chat-store.ts'
import { type ChatUser, findOwnChat, noSuchChat } from './chat-user.ts'

/** In characters. */
export const longestTitle = 200

/** Where a title of our own is cut, in characters: it is read in a list. */
const goodLength = 80

/**
 * Gives a chat its title: the wanted one, or else, where it has none yet, the beginning of its first question. Resolves to the
 * title. @throws ParlorError `not_found` for an unknown chat and for somebody else's.
 */
export async function titleChat(
  chats: ChatStore,
  user: ChatUser,
  id: string,
  wanted: string | undefined,
): Promise<string> {
  const chat = await findOwnChat(chats, user, id)
  if (wanted === undefined && chat.title) return chat.title
  // As every store can keep it: what is answered is what a list shows.
  const title = (wanted || cutTitle(await firstQuestion(chats, user, id))).toWellFormed().replaceAll('\0', '\ufffd')
  if ((await chats.updateChat(user.projectId, id, { title })) === null) throw noSuchChat()
  return title
}

async function firstQuestion(chats: ChatStore, { projectId }: ChatUser, id: string): Promise<string> {
  const first = await chats.listMessages(projectId, id, { limit: 50, afterSeq: 0 })
  return first.find(({ role }) => role === 'user')?.text ?? ''
}

/** In one line, ending with a whole word where there is one. */
function cutTitle(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= goodLength) return line
  const cut = line.slice(0, goodLength - 1)
  const words = cut.slice(0, cut.lastIndexOf(' '))
  // Half of a pair of surrogates is no character.
  const whole = (words.length > goodLength / 2 ? words : cut).replace(/[\ud800-\udbff]$/, '')
  return `${whole.trimEnd()}…`
}
