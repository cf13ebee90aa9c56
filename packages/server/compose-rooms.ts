import type { Brain } from '@parlor/conversation/brain'
import type { Ears, Voice } from '@parlor/conversation/speech'
import type { RoomServer } from '@parlor/core/room'
import type { EndingFanOut } from '@parlor/core/session'
import type { Seal } from '@parlor/core/token'
import type { Logger } from 'pino'
import type { Stores } from './compose-stores.ts'
import type { Config } from './config/config.ts'
import { allowsHttp } from './http/allows-http.ts'
import { createRooms, nodeTimers, type Rooms, type RoomsPorts } from './rooms/index.ts'

export interface RoomsComposition
  extends Pick<Stores, 'sessions' | 'seats' | 'agents' | 'knowledge' | 'transcripts' | 'clock'>,
    Pick<RoomsPorts, 'mayServe' | 'nodes' | 'nodeId' | 'liveNodes' | 'seatsFreed'> {
  brain: Brain
  seal: Seal
  logger: Logger
  /** Every connection of a session on every node, and its room. */
  fanOut: EndingFanOut
}

export interface ComposedRooms {
  rooms: Rooms
  mediaServer: RoomServer | null
  /** Lets the media client go, which holds the process otherwise. */
  closeDoor(): Promise<void>
}

/** How long a brain may say nothing, in milliseconds. */
const brainSilenceMs = 60_000

/** Names the concrete media server, faces and voices. Without a media server, and before the first avatar, none of it is loaded. */
export async function composeRooms(config: Config, given: RoomsComposition): Promise<ComposedRooms> {
  const mediaServer = await composeMediaServer(config)
  const talks = lazyTalks(config, given)
  const rooms = createRooms({
    ...given,
    ...hostGuard(config),
    ...talks,
    server: mediaServer,
    mostRooms: config.rooms.mostAtOnce,
  })
  return { rooms, mediaServer, closeDoor: talks.closeDoor }
}

async function composeMediaServer({ rooms }: Config): Promise<RoomServer | null> {
  if (rooms.server === null) return null
  const { openRoomServer } = await import('@parlor/providers/livekit')
  const { url, apiKey: key, apiSecret: secret } = rooms.server
  return openRoomServer({ url, key, secret })
}

/** Faces, voices and the media client take tens of megabytes: they are loaded when the first avatar goes into a room. */
function lazyTalks(config: Config, given: RoomsComposition) {
  let loading: ReturnType<typeof load> | null = null
  const loaded = () => {
    loading ??= load(config, given).catch((error: unknown) => {
      loading = null
      throw error
    })
    return loading
  }
  const openTalk: RoomsPorts['openTalk'] = async (session, hooks) => (await loaded()).openTalk(session, hooks)
  return {
    openTalk,
    door: async () => (await loaded()).door,
    closeDoor: async () => (await loading)?.door.close(),
  }
}

async function load(config: Config, given: RoomsComposition) {
  const [{ openRoomTalk }, { openRoomDoor }, { drawnFaces }, voice, ears] = await Promise.all([
    import('@parlor/conversation/room'),
    import('@parlor/providers/livekit'),
    import('@parlor/providers/drawn-face'),
    composeVoice(config, given.logger),
    composeEars(config),
  ])
  const ports = {
    ...given,
    faces: drawnFaces(),
    voice,
    ears,
    monotonicMs: () => performance.now(),
    timers: nodeTimers,
    limits: config.limits,
    silenceMs: brainSilenceMs,
  }
  const openTalk: RoomsPorts['openTalk'] = (session, hooks) => openRoomTalk(ports, session, hooks)
  return { openTalk, door: openRoomDoor() }
}

/** The operator's endpoint, the program on this machine, or nobody: then words are shown. */
async function composeVoice({ speech }: Config, logger: Logger): Promise<Voice | null> {
  const [{ chooseVoice }, { espeakVoice, findEspeak }] = await Promise.all([
    import('@parlor/conversation/speech'),
    import('@parlor/providers/espeak'),
  ])
  const endpoint = speech.voice && (await import('@parlor/providers/openai-compatible')).speechVoice(speech.voice)
  const builtIn = (await findEspeak()) ? espeakVoice() : null
  if (endpoint === null && builtIn === null) {
    logger.warn({}, 'avatars are silent and their words are shown: set PARLOR_TTS_BASE_URL, or install espeak-ng')
  }
  return chooseVoice({
    endpoint,
    builtIn,
    onFault: ({ kind }) => logger.warn({ kind }, 'the endpoint for speech failed'),
  })
}

async function composeEars({ speech }: Config): Promise<Ears | null> {
  return speech.ears && (await import('@parlor/providers/openai-compatible')).transcriptionEars(speech.ears)
}

/** Customers' media servers stand where documents may be read from, too. */
function hostGuard({ publicUrl, allowedPrivateHosts: allowedHosts }: Config) {
  return {
    async checkAddress(url: URL, field: readonly string[]): Promise<void> {
      const { checkAddress, resolveName } = await import('@parlor/providers/web')
      const asWeb = new URL(url.href.replace(/^ws/, 'http'))
      await checkAddress(asWeb, { resolve: resolveName, allowedHosts, field })
    },
    mayBePlain: (url: URL) => allowsHttp(publicUrl) || allowedHosts.has(`${url.hostname}:${url.port || 80}`),
  }
}
