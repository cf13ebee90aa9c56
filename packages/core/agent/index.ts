export * from './agent.ts'
export * from './agent-store.ts'
export * from './create-agent.ts'
