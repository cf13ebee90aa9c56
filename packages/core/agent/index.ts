export * from './agent.ts'
export * from './agent-store.ts'
export * from './archive-thing.ts'
export * from './create-agent.ts'
