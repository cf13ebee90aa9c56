import { createInterface } from 'node:readline'
import { compose, isLoopback } from './compose.ts'
import { type Config, type Environment, parseConfig } from './config/config.ts'
import { readEnvironment } from './config/env.ts'
import { startDemo } from './demo/start-demo.ts'
import { createLogger } from './ops/logger.ts'

/** A running server, for whoever starts one in a process of its own making. */
export interface Running {
  url: string
  close(): Promise<void>
}

/**
 * Puts a server together, listens, and says on `say` what it made. `privateKey` is a secret key that lives in memory alone, for a
 * command that starts a server of its own. @throws Error with one sentence for the operator.
 */
export async function serve(
  config: Config,
  say: (line: string) => void,
  privateKey: string | null = null,
): Promise<Running> {
  const logger = createLogger(config.logLevel)
  const composed = await compose(config, logger, privateKey)
  if (composed.secretFile !== null)
    say(`made a secret for this installation in ${composed.secretFile}; keep it with your backups`)
  if (composed.firstKey !== null) say(`made the first API key, shown only now: ${composed.firstKey}`)
  try {
    await composed.app.listen({ host: config.listen.host, port: config.listen.port })
  } catch (error) {
    await composed.close()
    throw describeListenError(error, config)
  }
  say(`Parlor listens at ${config.publicUrl.origin}`)
  const demo = config.demo === null ? null : await startDemo(composed.stores, config.publicUrl, config.demo.port, say)
  return {
    url: config.publicUrl.origin,
    close: async () => {
      await demo?.close()
      await composed.close()
    },
  }
}

function describeListenError(error: unknown, { listen }: Config): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE')
    return new Error(`PORT ${listen.port} is in use: stop what listens there or set another PORT.`)
  if (code === 'EACCES') return new Error(`PORT ${listen.port} may not be opened by this user: set PORT above 1023.`)
  return error
}

const oldestNode = 24

/** What the process is for: the settings from the environment, a server until a signal comes. Never rejects. */
export async function runServer(): Promise<void> {
  await start().catch(fail)
}

async function start(): Promise<void> {
  if (Number.parseInt(process.versions.node, 10) < oldestNode) {
    throw new Error(
      `this is Node ${process.versions.node} and Parlor needs ${oldestNode} or later: start it with npm start, which brings its own.`,
    )
  }
  const env = readEnvironment()
  // `npm start` shows the demo unless told not to, but never to other machines.
  const shows = process.argv.includes('--demo') && isLoopback(env.HOST ?? '127.0.0.1')
  const forPeople = shows ? { PARLOR_DEMO: 'on', PARLOR_LOG_LEVEL: 'warn' } : {}
  const config = parseConfig({ ...env, ...withDefaults(env, forPeople) })
  const privateKey = process.argv.includes('--private-key') ? await readLine() : null
  const running = await serve(config, (line) => console.log(line), privateKey)
  let closing = false
  const stop = () => {
    if (closing) return
    closing = true
    running.close().then(
      () => process.exit(0),
      (error) => fail(error),
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

/** `npm start` is read by a person: it shows the demo and no request log, unless the environment says otherwise. */
function withDefaults(env: Environment, defaults: Partial<Environment>): Partial<Environment> {
  return Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [name, env[name as keyof Environment] ?? value]),
  )
}

/** The first line of standard input: a key must not stand in the arguments, where every process can read it. */
async function readLine(): Promise<string> {
  for await (const line of createInterface(process.stdin)) return line
  throw new Error('--private-key needs a key on standard input.')
}

function fail(error: unknown): never {
  console.error(`Parlor did not start: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}
