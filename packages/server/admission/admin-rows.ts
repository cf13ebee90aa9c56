import type { Row } from './row.ts'

/** The operators' routes. The keys here are none of the operator's account: they act for their own account and no other. */
export const adminRows: Record<string, Row> = {
  'POST /admin/v1/accounts': { url: () => '/admin/v1/accounts', body: () => ({ name: 'newcomer' }), foreign: 403 },
  'GET /admin/v1/accounts': { url: () => '/admin/v1/accounts', foreign: 403 },
  'PATCH /admin/v1/accounts/:id': {
    url: (o) => `/admin/v1/accounts/${o.accountId}`,
    body: () => ({ suspended: true }),
    foreign: 403,
  },
  'POST /admin/v1/projects': {
    url: () => '/admin/v1/projects',
    body: (o) => ({ name: 'new', slug: 'new', account: o.accountId }),
    foreign: 403,
  },
  'GET /admin/v1/projects': { url: (o) => `/admin/v1/projects?account=${o.accountId}`, foreign: 403 },
  'PATCH /admin/v1/projects/:id': {
    url: (o) => `/admin/v1/projects/${o.projectId}`,
    body: () => ({ strict_origins: true, allowed_origins: ['https://thief.example'] }),
    foreign: 404,
  },
  'DELETE /admin/v1/projects/:id': { url: (o) => `/admin/v1/projects/${o.projectId}`, foreign: 404 },
  'POST /admin/v1/keys': {
    url: () => '/admin/v1/keys',
    body: (o) => ({ name: 'new', project: o.projectId }),
    foreign: 404,
  },
  'GET /admin/v1/keys': { url: () => '/admin/v1/keys', foreign: 'not listed' },
  'DELETE /admin/v1/keys/:id': { url: (o) => `/admin/v1/keys/${o.key}`, foreign: 404 },
  'POST /admin/v1/keys/rotate-signing': {
    url: () => '/admin/v1/keys/rotate-signing',
    body: (o) => ({ account: o.accountId, now: true }),
    foreign: 403,
  },
  'GET /admin/v1/agents': { url: () => '/admin/v1/agents', foreign: 'not listed' },
  'GET /admin/v1/sessions': { url: () => '/admin/v1/sessions', foreign: 'not listed' },
  'DELETE /admin/v1/sessions/:id': { url: (o) => `/admin/v1/sessions/${o.session}`, foreign: 404 },
  'POST /admin/v1/login': { url: () => '/admin/v1/login', foreign: 'not listed' },
  'POST /admin/v1/logout': {
    url: () => '/admin/v1/logout',
    body: () => ({ operator_session: `prl_op_${'0'.repeat(64)}` }),
    foreign: 404,
  },
  'GET /admin/v1/access': { url: () => '/admin/v1/access', foreign: 'not listed' },
}
