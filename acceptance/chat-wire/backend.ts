import type { Answer } from '../harness/http-client.ts'
import { runCommand } from '../harness/run-command.ts'
import type { Parlor } from '../harness/start-parlor.ts'

export type Headers = Record<string, string | undefined>

/** What a refusal looks like on this wire. */
export interface Refusal {
  name: string
  id: string
  message: string
  temporary: boolean
  timeout: boolean
  fault: boolean
}

/** A customer's backend on the chat wire: its operator, logged in on the command line, and a key of the whole account. */
export interface Backend {
  operator: string
  key: string
  /** A request with no credential but those given. */
  call<Body = Record<string, unknown>>(
    method: string,
    path: string,
    headers?: Headers,
    body?: unknown,
  ): Promise<Answer<Body>>
  /** A new key with these scopes, made by the operator. @throws Error when it was not made. */
  makeKey(scopes: string[], projectId?: string): Promise<{ id: string; key: string }>
  makeProject(name: string): Promise<{ id: string; slug: string }>
  /** A token for pages of this origin, made with the key. @throws Error when it was not made. */
  makeToken(embedOrigin: string, more?: object, project?: string): Promise<string>
  /** The status of ending a token with the key. */
  revoke(token: string, project?: string): Promise<Answer<Refusal>>
}

/** Logs in as the operator of the account that `key` belongs to; without one, of the account the server was started with. */
export async function openBackend(parlor: Parlor, secret = parlor.key): Promise<Backend> {
  const env = { PARLOR_URL: parlor.url, PARLOR_API_KEY: secret }
  const operator = (await runCommand(['login', '--json'], env)).json<{ operator_session: string }>().operator_session
  parlor.secrets.add(operator)
  const call: Backend['call'] = (method, path, headers, body) =>
    parlor.request(method, path, body, { 'x-api-key': undefined, ...headers })
  const must = async <Body>(method: string, path: string, headers: Headers, body?: unknown): Promise<Body> => {
    const answer = await call<Body>(method, path, headers, body)
    if (answer.status === 200) return answer.body
    throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`)
  }
  const makeKey: Backend['makeKey'] = async (scopes, project_id) => {
    const wish = { name: 'Test key', scopes, ...(project_id !== undefined && { project_id }) }
    const made = await must<{ id: string; key: string }>('POST', '/rpc/keys.create', { 'gram-session': operator }, wish)
    parlor.secrets.add(made.key)
    return made
  }
  const { key } = await makeKey(['producer'])
  return {
    operator,
    key,
    call,
    makeKey,
    makeProject: async (name) => {
      const path = '/rpc/projects.create'
      const made = await must<{ project: { id: string; slug: string } }>('POST', path, { 'gram-key': key }, { name })
      return made.project
    },
    makeToken: async (embed_origin, more = {}, project = 'default') => {
      const headers = { 'gram-key': key, 'gram-project': project }
      const wish = { embed_origin, ...more }
      const made = await must<{ client_token: string }>('POST', '/rpc/chatSessions.create', headers, wish)
      parlor.secrets.add(made.client_token)
      return made.client_token
    },
    revoke: (token, project = 'default') =>
      call('DELETE', `/rpc/chatSessions.revoke?token=${token}`, { 'gram-key': key, 'gram-project': project }),
  }
}

/** What a token says of itself, unbelieved. */
export function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
}
