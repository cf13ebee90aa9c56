import { enableCompileCache } from 'node:module'

// Before anything else is loaded: a second start reads compiled modules, which saves a tenth of the memory and of the time.
enableCompileCache()
const { runServer } = await import('./serve.ts')
await runServer()
