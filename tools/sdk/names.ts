/** What a thing is called wherever it turns up, by one place where it does: an operation's answer, then the fields that lead there. */
export const namedPlaces: readonly (readonly [name: string, operation: string, ...path: string[]])[] = [
  ['WidgetSessionFeatures', 'getWidgetSessionStatus', 'features'],
  ['CreatedWidgetSession', 'createWidgetSession', 'data'],
  ['WidgetSession', 'getWidgetSessionStatus', 'data'],
  ['Agent', 'listAgenticAvatars', 'data', '[]'],
  ['Avatar', 'listAvatars', 'data', '[]'],
  ['Voice', 'listVoices', 'data', '[]'],
  ['Brain', 'listBrains', 'data', '[]'],
  ['Model', 'listLlms', 'data', '[]'],
  ['RequestRecord', 'listRequests', 'data', '[]'],
  ['ListedKey', 'listApiKeys', 'data', '[]'],
  ['PageMeta', 'listAvatars', 'meta'],
  ['AdminPageMeta', 'listAccounts', 'meta'],
  ['Pagination', 'listAvatars', 'pagination'],
  ['Account', 'listAccounts', 'data', '[]'],
  ['Project', 'listProjects', 'data', '[]'],
  ['ApiKey', 'listAccountKeys', 'data', '[]'],
  ['AdminAgent', 'listAgents', 'data', '[]'],
  ['Session', 'listSessions', 'data', '[]'],
  ['Citation', 'createChatCompletion', 'citations', '[]'],
  ['ChatOverview', 'listChats', 'chats', '[]'],
  ['ChatMessage', 'loadChat', 'messages', '[]'],
  ['ChatProject', 'projectsList', 'projects', '[]'],
  ['ChatKey', 'keysList', 'keys', '[]'],
  ['RoomAgent', 'listAgentsV3', 'agents', '[]'],
  ['RoomAvatar', 'listAvatarsV3', 'avatars', '[]'],
  ['RoomBrain', 'listBrainsV3', 'brains', '[]'],
  ['RoomFace', 'listFacesV3', 'faces', '[]'],
  ['RoomVoice', 'listVoicesV3', 'voices', '[]'],
  ['RoomDocument', 'addDocumentV3', 'document'],
  ['RoomKnowledgeBase', 'createKnowledgeBaseV3'],
  ['RoomCharacter', 'listCharactersV3', 'characters', '[]'],
  ['AvatarSession', 'listAvatarSessionsV3', 'sessions', '[]'],
]

/** What a POST makes once however often it is sent with the same `Idempotency-Key`. */
export const makesOnce = /^(create|add|start)(?!ChatCompletion)|Create$/

/** Streams, which no function answers with a value. */
export const streams: ReadonlySet<string> = new Set(['resumeChatTurn'])

/** The answers whose schema says nothing yet; they are written down by hand in packages/sdk/types/open-answers.ts. */
export const openAnswers: Readonly<Record<string, string>> = {
  health: 'Health',
  healthV1: 'Health',
  healthV3: 'ShortHealth',
  createKnowledgeBase: 'KnowledgeBaseAnswer',
  listKnowledgeBases: 'KnowledgeBaseList',
  getKnowledgeBase: 'KnowledgeBaseAnswer',
  listDocuments: 'KnowledgeDocumentList',
  addDocument: 'AddedDocumentAnswer',
  deleteDocument: 'DeletedDocumentAnswer',
  reindexDocument: 'AddedDocumentAnswer',
  listKnowledgeBasesAtDocumentedPath: 'KnowledgeBaseList',
}
