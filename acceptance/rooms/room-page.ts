import { type Participant, Room, RoomEvent, type TextStreamReader, Track } from 'livekit-client'

/*
 * Runs in a page: a customer's own page, with the published client of the media server and nothing of Parlor's. Each function
 * resolves to plain data.
 */

export interface Told {
  at: number
  kind: 'equos_event' | 'caption' | 'chat' | 'state' | 'left'
  from: string
  body: unknown
}

/** What a stretch of watching saw. */
export interface Watched {
  /** Frames that came, per second. */
  rate: number
  /** Of the frames compared one by one, in how many the mouth differs from the frame before. */
  changes: number
  compared: number
  width: number
  height: number
  /** Whether the picture is more than one colour. */
  colours: number
}

export interface Listened {
  /** Root mean square of the loudest tenth of a second, 0 to 1. */
  loudest: number
  /** Of all tenths of a second, how many were above silence. */
  loud: number
  measured: number
}

const room = new Room()
const told: Told[] = []
const silence = 0.005

function tell(kind: Told['kind'], from: string, body: unknown): void {
  told.push({ at: Date.now(), kind, from, body })
}

function parse(payload: Uint8Array): unknown {
  const text = new TextDecoder().decode(payload)
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Joins and stays. Resolves to null, or to what the client says it failed with. */
export async function join({ url, token }: { url: string; token: string }): Promise<string | null> {
  room.on(RoomEvent.DataReceived, (payload, from, _kind, topic) => {
    if (topic === 'equos_event') tell('equos_event', from?.identity ?? '', parse(payload))
  })
  room.on(RoomEvent.Disconnected, (reason) => tell('left', 'me', reason ?? null))
  room.on(RoomEvent.ParticipantAttributesChanged, (changed, who: Participant) => {
    const state = changed['lk.agent.state']
    if (state !== undefined) tell('state', who.identity, state)
  })
  const read = (kind: Told['kind']) => async (reader: TextStreamReader, from: { identity: string }) => {
    const text = await reader.readAll()
    tell(kind, from.identity, { text, ...reader.info.attributes })
  }
  room.registerTextStreamHandler('lk.transcription', read('caption'))
  room.registerTextStreamHandler('lk.chat', read('chat'))
  try {
    await room.connect(url, token, { maxRetries: 0, peerConnectionTimeout: 15_000 })
    return null
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  }
}

export async function hearsay(): Promise<Told[]> {
  return told
}

export async function people(): Promise<{ identity: string; name: string; state: string; tracks: string[] }[]> {
  return [...room.remoteParticipants.values()].map(({ identity, name = '', attributes, trackPublications }) => ({
    identity,
    name,
    state: attributes['lk.agent.state'] ?? '',
    tracks: [...trackPublications.values()].map(({ trackName }) => trackName),
  }))
}

export async function isConnected(): Promise<boolean> {
  return room.state === 'connected'
}

/** As the media server's own chat sends it, or as an Equos client does. */
export async function say({ text, as }: { text: string; as: 'chat' | 'equos' }): Promise<void> {
  if (as === 'chat') return void (await room.localParticipant.sendText(text, { topic: 'lk.chat' }))
  await publish({ type: 'usr.txt', text })
}

export async function publish(event: unknown): Promise<void> {
  const body = new TextEncoder().encode(typeof event === 'string' ? event : JSON.stringify(event))
  await room.localParticipant.publishData(body, { reliable: true, topic: 'equos_event' })
}

/** Switches the page's microphone on or off. */
export async function speak({ on }: { on: boolean }): Promise<void> {
  await room.localParticipant.setMicrophoneEnabled(on)
}

export async function leave(): Promise<void> {
  await room.disconnect()
}

function trackOf(identity: string, kind: Track.Kind): MediaStreamTrack {
  const { trackPublications } = room.remoteParticipants.get(identity) ?? {}
  for (const { track } of trackPublications?.values() ?? []) if (track?.kind === kind) return track.mediaStreamTrack
  throw new Error(`${identity} has no ${kind} track here`)
}

/** Shows the avatar's picture in the page, for people and for a screenshot. */
export async function show({ identity }: { identity: string }): Promise<void> {
  const video = document.querySelector('video') as HTMLVideoElement
  video.srcObject = new MediaStream([trackOf(identity, Track.Kind.Video)])
  await video.play()
}

/** Watches the avatar for a while, where the mouth is and no eye that blinks. */
export async function watch({ ms }: { ms: number }): Promise<Watched> {
  const video = document.querySelector('video') as HTMLVideoElement
  const canvas = new OffscreenCanvas(64, 64)
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (pen === null) throw new Error('no canvas')
  const seen = { frames: 0, changes: 0, compared: 0, colours: 0 }
  let before: Uint8ClampedArray | null = null
  const begun = performance.now()
  await new Promise<void>((resolve) => {
    const next = () => {
      seen.frames += 1
      const { videoWidth: w, videoHeight: h } = video
      pen.drawImage(video, w * 0.35, h * 0.62, w * 0.3, h * 0.16, 0, 0, 64, 64)
      const { data } = pen.getImageData(0, 0, 64, 64)
      if (before !== null) {
        seen.compared += 1
        if (differ(before, data)) seen.changes += 1
      }
      before = data
      seen.colours = Math.max(seen.colours, new Set(new Uint32Array(data.buffer)).size)
      if (performance.now() - begun < ms) video.requestVideoFrameCallback(next)
      else resolve()
    }
    video.requestVideoFrameCallback(next)
    setTimeout(resolve, ms + 2000)
  })
  const seconds = (performance.now() - begun) / 1000
  const { videoWidth: width, videoHeight: height } = video
  return { rate: seen.frames / seconds, width, height, ...seen }
}

/** More than an encoder's noise: some patch of the picture is another colour. */
function differ(a: Uint8ClampedArray, b: Uint8ClampedArray): boolean {
  let moved = 0
  for (let at = 0; at < a.length; at += 4) {
    const by = Math.abs((a[at] ?? 0) - (b[at] ?? 0)) + Math.abs((a[at + 1] ?? 0) - (b[at + 1] ?? 0))
    if (by > 48) moved += 1
  }
  return moved > 12
}

/** Listens to the avatar for a while. */
export async function listen({ identity, ms }: { identity: string; ms: number }): Promise<Listened> {
  const track = trackOf(identity, Track.Kind.Audio)
  // Chromium gives a remote track's sound to the page only while some element plays it.
  const sink = new Audio()
  sink.srcObject = new MediaStream([track])
  sink.muted = true
  await sink.play().catch(() => {})
  const context = new AudioContext()
  await context.resume()
  const analyser = context.createAnalyser()
  analyser.fftSize = 4096
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  const heard: Listened = { loudest: 0, loud: 0, measured: 0 }
  const until = performance.now() + ms
  while (performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    analyser.getFloatTimeDomainData(samples)
    const level = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)
    heard.measured += 1
    heard.loudest = Math.max(heard.loudest, level)
    if (level > silence) heard.loud += 1
  }
  await context.close()
  return heard
}
