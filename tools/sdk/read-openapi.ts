import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OpenApi } from './read-operations.ts'

/** The interface description of a server put together here and now, over an empty folder; nothing listens. */
export async function readOpenApi(): Promise<OpenApi> {
  const [{ compose }, { parseConfig }, { readEnvironment }, { pino }] = await Promise.all([
    import('@parlor/server/compose.ts'),
    import('@parlor/server/config/config.ts'),
    import('@parlor/server/config/env.ts'),
    import('pino'),
  ])
  const folder = mkdtempSync(join(tmpdir(), 'parlor-openapi-'))
  const config = parseConfig({ ...readEnvironment({}), HOST: '127.0.0.1', PORT: '0', PARLOR_DATA_DIR: folder })
  const { app, close } = await compose(config, pino({ level: 'silent' }))
  try {
    return (await app.inject({ url: '/openapi.json' })).json()
  } finally {
    await close()
    rmSync(folder, { recursive: true, force: true })
  }
}
