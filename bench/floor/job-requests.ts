/** The three jobs: a token is issued, looked up, and ended for good. */
export const kinds = ['create', 'read', 'end'] as const
export type Kind = (typeof kinds)[number]

/** A request as a server wants it; `{id}` in path or body stands for what a create gave. */
export interface RequestShape {
  method: string
  path: string
  headers: Record<string, string>
  body: string
  /** Stands in every answer; one without it ends the run. */
  expect: string
}

export interface Requests extends Record<Kind, RequestShape> {
  /** What stands before the id in the answer to a create; a quote ends it. */
  idAfter: string
}

/** On the widget wire, which the floor speaks, too. @param open how a session that is not over is told. */
export function widgetRequests(key: string, agentId: string, open: string): Requests {
  const headers = { 'x-api-key': key }
  const one = { path: '/v1/widget/sessions/{id}', headers, body: '' }
  return {
    create: {
      method: 'POST',
      path: '/v1/widget/sessions',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ agentic_avatar_id: agentId, allowed_origins: ['https://customer.example'] }),
      expect: '"session_token":"',
    },
    read: { ...one, method: 'GET', expect: open },
    end: { ...one, method: 'DELETE', expect: '"success":true' },
    idAfter: '"session_id":"',
  }
}

/** With the hint that saves the server a look into other kinds of tokens. */
export function oidcRequests(clientId: string, secret: string): Requests {
  const headers = {
    authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
    'content-type': 'application/x-www-form-urlencoded',
  }
  const of = (path: string, body: string, expect: string) => ({ method: 'POST', path, headers, body, expect })
  const token = 'token={id}&token_type_hint=access_token'
  return {
    create: of('/token', 'grant_type=client_credentials', '"access_token":"'),
    read: of('/token/introspection', token, '"active":true'),
    end: of('/token/revocation', token, 'content-length: 0'),
    idAfter: '"access_token":"',
  }
}
