import type { Row } from './row.ts'
import { type RoomBelongings, refImage } from './testing/furnish-room.ts'

type Rows = Record<string, Row>

const consumerIdentity = { identity: 'visitor', name: 'Visitor' }
const agent = { provider: 'openai', name: 'new' }

/** Sessions and what stands under `/v1`, too (contracts E1). */
const everywhere: Rows = {
  'POST /sessions': {
    url: () => '/sessions',
    body: (o) => ({ name: 'new', avatar: { id: o.roomAvatar }, agent: { id: o.roomAgent }, consumerIdentity }),
    foreign: 404,
  },
  'GET /sessions': { url: () => '/sessions', foreign: 'not listed', suspended: 200 },
  'GET /sessions/:id': { url: (o) => `/sessions/${o.roomSession}`, foreign: 404, suspended: 404 },
  // A foreign session and an unknown one are both answered with null (contracts Q9).
  'PATCH /sessions/:id/stop': { url: (o) => `/sessions/${o.roomSession}/stop`, foreign: 'null' },
  'POST /sessions/:id/stop': { url: (o) => `/sessions/${o.roomSession}/stop`, foreign: 'null' },
  'GET /limits': { url: () => '/limits', foreign: 'null', suspended: 200 },
  ...resource('agents', (o) => o.roomAgent, { body: () => agent, foreign: 'null', changes: true }),
}

/** What other wires have under `/v1` (contracts X1). */
const notUnderV1: Rows = {
  ...resource('avatars', (o) => o.roomAvatar, {
    body: () => ({ identity: 'new', name: 'new', refImage, agentId: null }),
    foreign: 'null',
    changes: true,
  }),
  ...resource('brains', (o) => o.roomBrain, {
    body: () => ({ name: 'new', instructions: 'x', greetingMessage: 'x', model: 'x' }),
    foreign: 404,
  }),
  ...resource('faces', (o) => o.roomFace, { body: () => ({ identity: 'emily' }), foreign: 404 }),
  ...resource('voices', (o) => o.roomVoice, {
    body: () => ({ name: 'new', description: 'x', sampleUrl: 'https://a.example/a.wav', voiceId: 'x' }),
    foreign: 404,
  }),
  ...resource('characters', (o) => o.roomCharacter, {
    body: () => ({ name: 'new', livekitIdentity: 'new' }),
    foreign: 404,
    changes: true,
  }),
  ...resource('knowledge-bases', (o) => o.base, {
    body: () => ({ name: `base ${Math.random()}`, description: 'x' }),
    foreign: 'null',
  }),
  'POST /knowledge-bases/:id/documents': {
    url: (o) => `/knowledge-bases/${o.base}/documents`,
    body: () => ({ name: 'new.md', description: 'x', mimeType: 'text/markdown' }),
    foreign: 404,
  },
  'PATCH /knowledge-bases/:id/documents/:doc/index': {
    url: (o) => `/knowledge-bases/${o.base}/documents/${o.document}/index`,
    foreign: 404,
  },
  'DELETE /knowledge-bases/:id/documents/:doc': {
    url: (o) => `/knowledge-bases/${o.base}/documents/${o.document}`,
    foreign: 404,
  },
}

interface Resource {
  body: NonNullable<Row['body']>
  /** What a foreign id is answered with where it is read or deleted. */
  foreign: 'null' | 404
  changes?: true
}

function resource(plural: string, idOf: (owner: RoomBelongings) => string, { body, foreign, changes }: Resource): Rows {
  const path = `/${plural}`
  const one = { url: (o: RoomBelongings) => `${path}/${idOf(o)}` }
  return {
    [`POST ${path}`]: { url: () => path, body, foreign: 'not listed' },
    [`GET ${path}`]: { url: () => path, foreign: 'not listed' },
    [`GET ${path}/:id`]: { ...one, foreign },
    [`DELETE ${path}/:id`]: { ...one, foreign },
    ...(changes && { [`PUT ${path}/:id`]: { ...one, body, foreign: 404 } }),
  }
}

function under(prefix: string, rows: Rows): Rows {
  return Object.fromEntries(
    Object.entries(rows).map(([name, row]) => [
      name.replace(' ', ` ${prefix}`),
      { ...row, url: (owner) => `${prefix}${row.url(owner)}`, ...(prefix !== '/v3' && { isAlias: true }) },
    ]),
  )
}

const whole = ['/v3', '/equos/v1', '/equos/v3']

/** Every route of the avatar wire that takes a secret key. */
export const avatarRows: Rows = Object.assign(
  {},
  ...whole.map((prefix) => under(prefix, { ...everywhere, ...notUnderV1 })),
  under('/v1', everywhere),
)

/** Every route that takes a publishable key, with a body that would be accepted. */
export const clientKeyRows: Record<string, Pick<Row, 'url' | 'body'>> = Object.assign(
  {},
  ...[...whole, '/v1'].map((prefix) =>
    under(prefix, {
      'POST /session-passes': {
        url: () => '/session-passes',
        body: (o) => ({ name: 'new', avatar: { id: o.roomAvatar }, agent: { id: o.roomAgent }, consumerIdentity }),
        foreign: 404,
      },
      'PATCH /session-passes/:id/stop': { url: (o) => `/session-passes/${o.roomPass}/stop`, foreign: 'null' },
      'POST /session-passes/:id/stop': { url: (o) => `/session-passes/${o.roomPass}/stop`, foreign: 'null' },
    }),
  ),
)
