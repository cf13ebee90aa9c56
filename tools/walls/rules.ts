/**
 * The walls of the house, as a table. ARCHITECTURE.md draws the same picture; change both or neither.
 * A package's `folders` are the only ones it may have, each with the one reason for which it changes.
 */
export interface PackageWall {
  changesWhen: string
  /** Packages of ours it may import, types included. */
  mayImport: readonly string[]
  /** Packages of ours that only these files may import. */
  onlyFrom?: Readonly<Record<string, readonly string[]>>
  /**
   * Packages of ours that its tests may import besides, undeclared, since that would be a circle of packages: a test takes a
   * real store rather than a pretended one.
   */
  testsMayImport?: readonly string[]
  folders?: Readonly<Record<string, string>>
  /** Whether it runs in browsers: then no `node:` import, except in `nodeFiles`. */
  browser?: true
  /** Files that may use Node although the package is for browsers. */
  nodeFiles?: readonly string[]
  /** Whether it may know a clock, timers and the process. False: they come in through a port. */
  knowsTime: boolean
  /** The files that may read `process.env`; `'one'` lets the package choose a single file. */
  environment: readonly string[] | 'one'
  /** Node's own modules it may import, by folder; absent means all of them, `{}` means none. */
  nodeModules?: Readonly<Record<string, readonly string[]>>
}

export const packages: Readonly<Record<string, PackageWall>> = {
  protocol: {
    changesWhen: 'a live event or a frame message changes',
    mayImport: [],
    browser: true,
    knowsTime: false,
    environment: [],
  },
  'live-client': {
    changesWhen: "a browser's side of the live socket changes",
    mayImport: ['protocol'],
    browser: true,
    knowsTime: true,
    environment: [],
  },
  core: {
    changesWhen: 'a rule about sessions changes',
    mayImport: [],
    knowsTime: false,
    environment: [],
    nodeModules: {
      account: ['node:crypto'],
      idempotency: ['node:crypto'],
      session: ['node:crypto'],
      time: ['node:crypto'],
      token: ['node:crypto'],
    },
    folders: {
      account: 'projects, keys and scopes',
      agent: 'avatar, voice, brain and agent',
      session: 'the record, its states, its verbs and its ledger',
      token: 'claims and signing keys',
      origin: 'one origin, the rule, frame-ancestors',
      idempotency: 'asking twice and answering once',
      node: 'what many nodes must agree on before one of them serves',
      room: 'media room grants',
      limits: 'rate, concurrency and duration',
      errors: 'one closed union of codes',
      time: 'the clock, a port',
    },
  },
  conversation: {
    changesWhen: 'the talking changes',
    mayImport: ['core', 'protocol'],
    testsMayImport: ['storage'],
    knowsTime: false,
    environment: [],
    folders: {
      turn: 'one question and its answer',
      transcript: 'what was said',
      brain: 'who answers',
      chat: 'talks whose history the caller keeps',
      knowledge: 'what the answers are taken from',
      speech: 'voice and ears',
      room: 'an avatar among people in a media room',
    },
  },
  storage: {
    changesWhen: 'a database changes',
    mayImport: ['core', 'conversation'],
    knowsTime: true,
    environment: [],
    folders: {
      sqlite: 'SQLite',
      postgres: 'Postgres',
      words: 'how texts are cut and chosen for a search, alike in every store',
      vectors: 'how vectors are packed, alike in every store',
      contract: 'the suite every store passes',
    },
  },
  providers: {
    changesWhen: "somebody else's service changes",
    mayImport: ['core', 'conversation'],
    testsMayImport: ['storage'],
    knowsTime: true,
    environment: [],
    folders: {
      extractive: 'answers by quotation, without a model',
      'openai-compatible': "models, voices and ears behind OpenAI's interface",
      'word-vectors': 'what words mean, from a table in a file',
      documents: 'files into text, in threads with limits',
      web: 'pages of other sites, behind a guard',
      livekit: 'rooms of a LiveKit server, and an avatar’s seat in one',
      'drawn-face': 'a face as pictures for a room',
      espeak: 'a voice from a program beside us',
    },
  },
  server: {
    changesWhen: 'a URL, a header or a setting changes',
    mayImport: ['core', 'conversation', 'protocol', 'storage', 'providers'],
    onlyFrom: { storage: ['compose-stores.ts'], providers: ['compose.ts', 'compose-rooms.ts'] },
    knowsTime: true,
    environment: ['config/env.ts'],
    folders: {
      config: 'the settings and their defaults',
      http: 'what every route shares',
      ops: 'logs, metrics, health and stopping',
      wires: 'one folder per wire, one file per operation',
      chat: 'what a chat session is for: completions and their streams',
      mcp: 'the knowledge base as a tool of models',
      nodes: 'the lease of this process among others over the same store',
      rooms: 'which avatar sits in which media room, until when',
      live: 'sockets, streams and the admission of visitors',
      embed: 'the loader, the frame page and their headers',
      admin: 'what operators use',
      reference: 'the interface description and its page',
      admission: 'the admission test: every route by every bad credential',
      demo: "the sample agent and the customer's page",
    },
  },
  cli: {
    changesWhen: 'a command changes',
    mayImport: ['sdk'],
    knowsTime: true,
    environment: 'one',
    folders: {
      commands: 'what each command takes and prints',
      doctor: 'what is wrong with a server, or with a page',
    },
  },
  sdk: {
    changesWhen: 'what a caller may write changes',
    mayImport: ['protocol', 'live-client'],
    testsMayImport: ['server'],
    browser: true,
    nodeFiles: ['build.ts', 'building/entries.ts'],
    knowsTime: true,
    environment: ['parlor/environment.ts', 'gram/environment.ts'],
    folders: {
      transport: 'one way to send, to time out and to try again',
      parlor: "Parlor's own client",
      functions: 'the same as functions, of which a bundle holds only those it uses',
      types: "what the server's interface description says, as types",
      browser: 'what a page holds: a session token, a live connection and a chat stream',
      react: 'the same for React',
      'fetch-client': 'what the faces of generated clients stand on: configuration, middleware, Raw twins',
      konpro: 'the face of the widget wire',
      gram: 'the face of the chat wire',
      equos: 'the face of the avatar wire',
      server: "tokens out of other people's server frameworks",
      building: 'what is published, and as what',
    },
  },
  widget: {
    changesWhen: 'the embed changes',
    mayImport: ['protocol', 'live-client'],
    browser: true,
    nodeFiles: ['build.ts'],
    knowsTime: true,
    environment: [],
    folders: {
      loader: "the script on a customer's page",
      element: 'the custom element around the frame',
      frame: 'what a visitor sees: face, voice, chat and words',
    },
  },
}

/** Inside a package: what a folder or a file must not import. Tests are free to. */
export interface InnerWall {
  package: string
  /** A folder (ends in `/`) or a file, relative to the package. */
  from: string
  mayNotImport: readonly string[]
  instead: string
}

const entry = ['main.ts', 'compose.ts', 'compose-rooms.ts', 'app.ts']
const doors = ['wires/', 'live/', 'rooms/', 'embed/', 'admin/']
const decide = 'make what both need a verb of core or conversation'
const upward = 'let app.ts or compose.ts hand it in'

export const insideWalls: readonly InnerWall[] = [
  { package: 'server', from: 'wires/', mayNotImport: ['live/', 'rooms/', 'embed/', 'admin/'], instead: decide },
  { package: 'server', from: 'live/', mayNotImport: ['wires/', 'rooms/', 'embed/', 'admin/'], instead: decide },
  { package: 'server', from: 'embed/', mayNotImport: ['wires/', 'live/', 'rooms/', 'admin/'], instead: decide },
  { package: 'server', from: 'admin/', mayNotImport: ['wires/', 'live/', 'rooms/', 'embed/'], instead: decide },
  {
    package: 'server',
    from: 'rooms/',
    mayNotImport: ['wires/', 'live/', 'embed/', 'admin/'],
    instead: decide,
  },
  ...[...doors, 'http/', 'ops/', 'config/'].map((from) => ({
    package: 'server',
    from,
    mayNotImport: entry,
    instead: upward,
  })),
  ...['http/', 'ops/', 'config/'].map((from) => ({ package: 'server', from, mayNotImport: doors, instead: upward })),
  { package: 'server', from: 'app.ts', mayNotImport: ['main.ts', 'compose.ts'], instead: upward },
  { package: 'server', from: 'compose.ts', mayNotImport: ['main.ts'], instead: upward },
  {
    package: 'storage',
    from: 'sqlite/',
    mayNotImport: ['postgres/'],
    instead: 'two stores share only ports, the contract suite, words/ and vectors/',
  },
  {
    package: 'storage',
    from: 'postgres/',
    mayNotImport: ['sqlite/'],
    instead: 'two stores share only ports, the contract suite, words/ and vectors/',
  },
]

/** Folders whose children are strangers to each other: a wire never imports another wire. */
export const strangers: readonly { package: string; parent: string }[] = [
  { package: 'server', parent: 'wires/' },
  { package: 'providers', parent: '' },
]

/** Outside `packages/`: which packages of ours a folder may import, and where it reads the environment. */
export const besidePackages: Readonly<
  Record<string, { mayImport: readonly string[] | 'all'; environment: 'one' | 'any' }>
> = {
  acceptance: { mayImport: ['sdk'], environment: 'any' },
  bench: { mayImport: 'all', environment: 'any' },
  examples: { mayImport: ['sdk', 'live-client'], environment: 'any' },
  tools: { mayImport: 'all', environment: 'one' },
}

/** What the tests of packages take from `tools/` all the same: somebody else's server to run against, rather than a pretended one. */
export const toolsForTests: readonly string[] = ['tools/livekit/']

/** Names that say nothing about what is inside. */
export const emptyNames: readonly string[] = ['utils', 'util', 'helpers', 'helper', 'common', 'misc', 'shared']
