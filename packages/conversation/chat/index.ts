export * from './chat.ts'
export * from './chat-store.ts'
