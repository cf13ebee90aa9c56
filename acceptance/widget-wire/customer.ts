import { makeAgent } from '../harness/make-agent.ts'
import type { Parlor, SessionAnswer } from '../harness/start-parlor.ts'

/** An account of its own beside the one the server was started with: its key and what it does with it. */
export interface Customer extends Pick<Parlor, 'createAgent' | 'createSession'> {
  accountId: string
  key: string
  send: Parlor['request']
}

/** Has the operator make an account with one key; `wish` says more of that key, such as its rate. */
export async function newCustomer(parlor: Parlor, name: string, wish: object = {}): Promise<Customer> {
  const account = await ask<{ id: string }>(parlor, '/admin/v1/accounts', { name })
  const { key } = await makeKey(parlor, { account: name, ...wish })
  const send: Customer['send'] = (method, path, body, headers) =>
    parlor.request(method, path, body, { 'x-api-key': key, ...headers })
  const must = async <Body>(method: string, path: string, body?: unknown): Promise<Body> => {
    const answer = await send<Body>(method, path, body)
    if (answer.status === 200) return answer.body
    throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`)
  }
  return {
    accountId: account.id,
    key,
    send,
    createAgent: (wanted) => makeAgent(must, wanted),
    createSession: async (agentId, extra) => {
      const body = { agentic_avatar_id: agentId, ...extra }
      const session = await must<SessionAnswer>('POST', '/v1/widget/sessions', body)
      parlor.secrets.add(session.session_token)
      return session
    },
  }
}

/** A key without a rate, of the operator's own account unless `wish` names another. */
export async function makeKey(parlor: Parlor, wish: object = {}): Promise<{ id: string; key: string }> {
  const made = await ask<{ id: string; key: string }>(parlor, '/admin/v1/keys', {
    name: 'Test key',
    rate_limit: 0,
    ...wish,
  })
  parlor.secrets.add(made.key)
  return made
}

async function ask<Body>(parlor: Parlor, path: string, body: object): Promise<Body> {
  const answer = await parlor.request<Body>('POST', path, body)
  if (answer.status === 200) return answer.body
  throw new Error(`${path} answered ${answer.status}: ${answer.text}`)
}
