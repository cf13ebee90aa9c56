/** LiveKit's client for servers. */
export type ServerSdk = typeof import('livekit-server-sdk')

let loading: Promise<ServerSdk> | null = null

/** Loads it, some 40 MB, on the first call: a Parlor without rooms never does. */
export function loadServerSdk(): Promise<ServerSdk> {
  loading ??= import('livekit-server-sdk')
  return loading
}
