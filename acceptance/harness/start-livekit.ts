import { type LiveKitOptions, type LiveKitServer, runServer } from '../../tools/livekit/run-server.ts'

export { findServer as findLiveKit } from '../../tools/livekit/find-server.ts'
export type { LiveKitServer }

/** The settings that lead Parlor to a media server. */
export type LiveKitEnv = Record<'LIVEKIT_URL' | 'LIVEKIT_API_KEY' | 'LIVEKIT_API_SECRET', string>

/** A real media server for one test, and how Parlor finds it. Use it with `await using`. @throws Error where there is none. */
export async function startLiveKit(options: LiveKitOptions = {}): Promise<LiveKitServer & { env: LiveKitEnv }> {
  const server = await runServer(options)
  const env = { LIVEKIT_URL: server.url, LIVEKIT_API_KEY: server.key, LIVEKIT_API_SECRET: server.secret }
  return { ...server, env }
}
