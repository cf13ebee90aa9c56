import { createParlorClient, type ParlorClient } from '@parlor/sdk'

/** The only place in the command that reads the environment. */
export function readConnection(): { url: string | undefined; apiKey: string | undefined } {
  return { url: process.env.PARLOR_URL?.trim() || undefined, apiKey: process.env.PARLOR_API_KEY?.trim() || undefined }
}

/** A client for the server that `PARLOR_URL` names. @throws Error with a sentence when a setting is missing. */
export function connect(): ParlorClient {
  const { url, apiKey } = readConnection()
  if (url === undefined)
    throw new Error('PARLOR_URL is not set: write the address of the server, such as http://127.0.0.1:3001.')
  if (apiKey === undefined) throw new Error('PARLOR_API_KEY is not set: write a secret key with the scope "write".')
  return createParlorClient({ baseUrl: url, apiKey })
}

/** The environment for a server that this command starts: ours, with the changes a private server needs. */
export function serverEnvironment(changes: Record<string, string>): NodeJS.ProcessEnv {
  return { ...process.env, ...changes }
}
