import { randomBytes } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { browserPath, launchMediaBrowser, noBrowser } from '../browser/browser.ts'
import type { Answer } from '../harness/http-client.ts'
import type { Pages } from '../harness/serve-pages.ts'
import { findLiveKit, type LiveKitServer, startLiveKit } from '../harness/start-livekit.ts'
import { type Parlor, type ParlorOptions, startParlor } from '../harness/start-parlor.ts'
import { listRooms } from './ask-rooms.ts'
import { type Guest, openGuest, serveRoomPage } from './guest.ts'

/** What creating an avatar session answers, as far as these tests read it. */
export interface AvatarSession {
  session: {
    id: string
    status: string
    startedAt: string
    endedAt?: string | null
    maxDuration?: number
    host: { serverUrl: string }
    avatar: { id: string; identity: string }
    agentId?: string
    transcript: { transcription: { text: string; received_at: string; identity: string }[] } | null
    endMessage?: string | null
  }
  consumerAccessToken?: string
  remoteAgentAccessToken?: string
}

/** A media server, a Parlor that has its key, a browser and a customer's page. */
export interface Meeting {
  livekit: LiveKitServer
  parlor: Parlor
  browser: Browser
  site: Pages
  clientKey: string
  avatarId: string
  agentId: string
  /** The avatar's identity in every room. */
  identity: string
  /** A session of the museum's avatar with a consumer. @throws Error when it is not made. */
  createSession(extra?: object): Promise<AvatarSession & { consumerAccessToken: string }>
  read(id: string): Promise<AvatarSession['session']>
  stop(id: string): Promise<Answer<AvatarSession['session'] | null>>
  /** Names of the rooms on the media server. */
  rooms(): Promise<string[]>
  /** A page that is in the session's room. */
  openGuest(session: AvatarSession): Promise<Guest>
  /** A page that is nowhere yet. */
  openPage(): Promise<Guest>
}

export const consumer = { identity: 'visitor-1', name: 'A visitor' }

const visiting = `# Visiting the museum

## Tickets

A ticket costs twelve euros. Children under six enter for free. Groups of ten people or more pay nine euros each and book a week before.

## Guided tours

A guided tour begins at noon in the great hall, goes through the rooms of the painters, the cellar with its old printing presses, the garden of statues and the tower with its bells, and ends two hours later at the small door beside the river, where boats wait for those who would rather not walk.
`

/** What a meeting may be told about its surroundings. */
export interface MeetingOptions {
  /** The browser's microphone hears it once. */
  soundFile?: string
  /** Instead of one server over the store the test run is for: the server that is asked. */
  start?: (options: ParlorOptions) => Promise<Parlor>
}

/** One media server, one Parlor and one browser for a file. */
export function useMeeting(env: Record<string, string> = {}, options: MeetingOptions = {}): Meeting {
  const meeting = {} as Meeting
  const guests: Guest[] = []
  let isSkipped: string | null = null
  beforeAll(async () => {
    isSkipped = browserPath ? await whyNoLiveKit() : noBrowser
    if (isSkipped !== null) return console.warn(isSkipped)
    Object.assign(meeting, await openMeeting(env, options))
    const open = meeting.openPage
    meeting.openPage = async () => {
      const guest = await open()
      guests.push(guest)
      return guest
    }
    meeting.openGuest = async ({ session, consumerAccessToken = '' }) => {
      const guest = await meeting.openPage()
      const failure = await guest.join({ url: session.host.serverUrl, token: consumerAccessToken })
      if (failure !== null) throw new Error(failure)
      return guest
    }
  })
  beforeEach(({ skip }) => {
    if (isSkipped !== null) skip(isSkipped)
    return async () => {
      await Promise.all(guests.splice(0).map((guest) => guest.close()))
    }
  })
  afterAll(async () => {
    if (meeting.livekit === undefined) return
    await meeting.browser.close()
    await meeting.parlor[Symbol.asyncDispose]()
    await meeting.site[Symbol.asyncDispose]()
    await meeting.livekit[Symbol.asyncDispose]()
  })
  return meeting
}

/** Starts everything; `env` are settings of the server. @throws Error where a part of it is missing. */
export async function openMeeting(
  env: Record<string, string> = {},
  { soundFile, start = startParlor }: MeetingOptions = {},
): Promise<Meeting> {
  const livekit = await startLiveKit()
  const clientKey = `pk_test_${randomBytes(32).toString('hex')}`
  const parlor = await start({
    env: {
      ...livekit.env,
      PARLOR_BOOTSTRAP_CLIENT_KEY: clientKey,
      ...env,
    },
  })
  parlor.secrets.add(livekit.secret)
  const site = await serveRoomPage()
  const browser = await launchMediaBrowser(soundFile)
  const identity = 'mira'
  const { agentId, avatarId, knowledgeBaseId } = await makeCast(parlor, identity)
  return {
    livekit,
    parlor,
    browser,
    site,
    clientKey,
    avatarId,
    agentId,
    identity,
    createSession: async (extra = {}) => {
      const body = {
        name: 'A visit',
        avatar: { id: avatarId },
        agent: { id: agentId },
        consumerIdentity: consumer,
        knowledgeBase: { id: knowledgeBaseId },
        ...extra,
      }
      const made = await parlor.request<AvatarSession>('POST', '/v3/sessions', body)
      if (made.status !== 201) throw new Error(`POST /v3/sessions answered ${made.status}: ${made.text}`)
      return { consumerAccessToken: '', ...made.body }
    },
    read: async (id) => (await parlor.request<AvatarSession['session']>('GET', `/v3/sessions/${id}`)).body,
    stop: (id) => parlor.request('PATCH', `/v3/sessions/${id}/stop`),
    rooms: () => listRooms(livekit),
    openPage: () => openGuest(browser, site.url),
    openGuest: () => Promise.reject(new Error('use the meeting of a test')),
  }
}

/** Null where a media server is here or can be built. */
export async function whyNoLiveKit(): Promise<string | null> {
  const found = await findLiveKit()
  return 'reason' in found ? found.reason : null
}

/** A picture of one pixel, as a data URL. */
export const onePixel =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

async function makeCast(parlor: Parlor, identity: string) {
  const must = async <Body>(path: string, body: object, status: number): Promise<Body> => {
    const made = await parlor.request<Body>('POST', path, body)
    if (made.status !== status) throw new Error(`POST ${path} answered ${made.status}: ${made.text}`)
    return made.body
  }
  const base = await must<{ id: string }>('/v1/knowledge-bases', { name: 'Museum' }, 200)
  await must(`/v1/knowledge-bases/${base.id}/documents`, { name: 'visiting.md', text: visiting }, 200)
  const agent = await must<{ id: string }>(
    '/v3/agents',
    {
      provider: 'openai',
      name: 'Guide',
      instructions: 'Answer from the documents for {{visitor}}.',
      greetingMsg: 'Welcome to the museum, {{visitor}}. What would you like to know?',
    },
    201,
  )
  const avatar = await must<{ id: string }>(
    '/v3/avatars',
    { identity, name: 'Mira', refImage: onePixel, agentId: agent.id },
    201,
  )
  return { agentId: agent.id, avatarId: avatar.id, knowledgeBaseId: base.id }
}
