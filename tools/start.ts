import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { buildWidget } from './check-bundles.ts'
import { isWidgetStale } from './starting/widget-staleness.ts'

/** A tenth less memory for a few microseconds a request; see docs/performance.md. */
const smallYoungHeap = '--max-semi-space-size=8'
const root = join(import.meta.dirname, '..')
console.log(`Parlor starts on Node ${process.versions.node}`)
if (isWidgetStale(root)) {
  const started = performance.now()
  await buildWidget(join(root, 'packages/widget')).catch(giveUp)
  console.log(`widget built in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}
runServer()

function giveUp(error: unknown): never {
  console.error(
    `Parlor did not start: the widget could not be built. ${error instanceof Error ? error.message : error}`,
  )
  process.exit(1)
}

/** The server runs from its sources, in this terminal. `--demo` is its own to judge: it never shows one to other machines. */
function runServer(): void {
  const main = join(root, 'packages/server/main.ts')
  const server = spawn(process.execPath, [smallYoungHeap, main, '--demo', ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  // A terminal sends Ctrl-C to both of us; sent twice, it would cut a graceful stop short.
  process.on('SIGINT', () => process.stdin.isTTY || server.kill('SIGINT'))
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => server.kill(signal))
  server.on('exit', (code) => process.exit(code ?? 1))
}
