import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { buildWidget } from './check-bundles.ts'

const root = join(import.meta.dirname, '..')
console.log(`Parlor starts (Node ${process.versions.node})`)
await buildWhenStale()
runServer()

/** The server runs from its sources; only what browsers get is built, and only when it has changed. */
async function buildWhenStale(): Promise<void> {
  const built = join(root, 'packages/widget/dist/manifest.json')
  const sources = ['widget', 'live-client', 'protocol'].map((name) => join(root, 'packages', name))
  if (existsSync(built) && Math.max(...sources.map(newest)) <= statSync(built).mtimeMs) return
  const started = performance.now()
  await buildWidget(join(root, 'packages/widget'))
  console.log(`widget built in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}

/** When the newest source under `folder` was changed, in milliseconds since 1970. */
function newest(folder: string): number {
  const times = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    if (entry.name === 'dist' || entry.name === 'node_modules') return 0
    const path = join(folder, entry.name)
    return entry.isDirectory() ? newest(path) : statSync(path).mtimeMs
  })
  return Math.max(0, ...times)
}

function runServer(): void {
  const main = join(root, 'packages/server/main.ts')
  const server = spawn(process.execPath, [main, ...process.argv.slice(2)], { stdio: 'inherit' })
  // A terminal sends Ctrl-C to both of us; sent twice, it would cut a graceful stop short.
  process.on('SIGINT', () => process.stdin.isTTY || server.kill('SIGINT'))
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => server.kill(signal))
  server.on('exit', (code) => process.exit(code ?? 1))
}
