import { chatsOf, findOwnChat, titleChat } from '@parlor/conversation/chat'
import type { App } from '../http/app-types.ts'
import type { ChatPorts } from './chat-ports.ts'
import { renderChat, renderMessage } from './render-chat.ts'
import { ChatList, ChatWithMessages, FeedbackBody, ListQuery, LoadQuery, Success, Title, TitleBody } from './schemas.ts'
import { loads, reads, whoCalls } from './who-calls.ts'

/** `/rpc/chat.*`: what was said, shown to whom it belongs (contracts C16). */
export function registerChats(app: App, { chats }: ChatPorts): void {
  const read = { credential: reads }

  app.get(
    '/rpc/chat.list',
    { config: read, schema: { operationId: 'listChats', querystring: ListQuery, response: { 200: ChatList } } },
    async (request) => {
      const { items, total } = await chats.listChats(chatsOf(whoCalls(request).user), request.query)
      return { chats: items.map(renderChat), total }
    },
  )

  app.get(
    '/rpc/chat.load',
    {
      config: { credential: loads },
      schema: { operationId: 'loadChat', querystring: LoadQuery, response: { 200: ChatWithMessages } },
    },
    async (request) => {
      const { id, limit, before_seq: beforeSeq, after_seq: afterSeq } = request.query
      const chat = await findOwnChat(chats, whoCalls(request).user, id.toLowerCase())
      const messages = await chats.listMessages(chat.projectId, chat.id, {
        limit,
        ...(beforeSeq !== undefined && { beforeSeq }),
        ...(afterSeq !== undefined && { afterSeq }),
      })
      return {
        ...renderChat(chat),
        messages: messages.map(renderMessage),
        has_more_before: (messages[0]?.seq ?? 1) > 1,
        has_more_after: (messages.at(-1)?.seq ?? chat.messages) < chat.messages,
      }
    },
  )

  app.post(
    '/rpc/chat.generateTitle',
    { config: read, schema: { operationId: 'titleChat', body: TitleBody, response: { 200: Title } } },
    async (request) => {
      const { id, title } = request.body
      return { title: await titleChat(chats, whoCalls(request).user, id.toLowerCase(), title) }
    },
  )

  app.post(
    '/rpc/chat.submitFeedback',
    { config: read, schema: { operationId: 'rateChat', body: FeedbackBody, response: { 200: Success } } },
    async (request) => {
      const { id, feedback } = request.body
      const chat = await findOwnChat(chats, whoCalls(request).user, id.toLowerCase())
      await chats.updateChat(chat.projectId, chat.id, { feedback })
      return { success: true }
    },
  )
}
