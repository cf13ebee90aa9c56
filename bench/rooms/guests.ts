import { AudioStream, dispose, type RemoteTrack, Room, RoomEvent, TrackKind, VideoStream } from '@livekit/rtc-node'

/** Asked of this process by the bench: to join rooms, to ask something in each and measure for a while, to leave them. */
export type Order =
  | { do: 'join'; rooms: { url: string; token: string }[] }
  | { do: 'measure'; text: string; seconds: number }
  | { do: 'leave' }

/** What one guest saw and heard while the avatar spoke. */
export interface Seen {
  /** Pictures a second. */
  rate: number
  /** From the first tone to the last, the longest stretch without one, in milliseconds. */
  longestGapMs: number
  /** How long there was tone, in milliseconds. */
  toneMs: number
}

interface Guest {
  room: Room
  frames: number
  /** Of each 10 ms that came, whether it held tone. */
  tones: boolean[]
}

const soundRate = 24_000
const frameMs = 10
const silence = 800
let guests: Guest[] = []

async function join({ url, token }: { url: string; token: string }): Promise<Guest> {
  const room = new Room()
  const guest: Guest = { room, frames: 0, tones: [] }
  room.on(RoomEvent.TrackSubscribed, (track) => void follow(guest, track))
  await room.connect(url, token, { autoSubscribe: true, dynacast: false })
  return guest
}

async function follow(guest: Guest, track: RemoteTrack): Promise<void> {
  if (track.kind === TrackKind.KIND_VIDEO) {
    for await (const _ of new VideoStream(track)) guest.frames += 1
  } else {
    const stream = new AudioStream(track, { sampleRate: soundRate, numChannels: 1, frameSizeMs: frameMs })
    for await (const { data } of stream) guest.tones.push(data.some((sample) => Math.abs(sample) > silence))
  }
}

async function measure({ text, seconds }: { text: string; seconds: number }): Promise<Seen[]> {
  for (const guest of guests) {
    guest.tones = []
    if (text !== '') await guest.room.localParticipant?.sendText(text, { topic: 'lk.chat' })
  }
  for (const guest of guests) guest.frames = 0
  const begun = performance.now()
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
  const tookSeconds = (performance.now() - begun) / 1000
  return guests.map(({ frames, tones }) => ({
    rate: frames / tookSeconds,
    toneMs: tones.filter((isTone) => isTone).length * frameMs,
    longestGapMs: longestGap(tones) * frameMs,
  }))
}

function longestGap(tones: readonly boolean[]): number {
  let [longest, running] = [0, 0]
  for (const isTone of tones.slice(tones.indexOf(true), tones.lastIndexOf(true))) {
    running = isTone ? 0 : running + 1
    longest = Math.max(longest, running)
  }
  return longest
}

async function obey(order: Order): Promise<unknown> {
  if (order.do === 'join') {
    guests = await Promise.all(order.rooms.map(join))
    return {}
  }
  if (order.do === 'measure') return { seen: await measure(order) }
  await Promise.all(guests.map(({ room }) => room.disconnect()))
  guests = []
  return {}
}

process.on('message', (order: Order) => {
  obey(order).then(
    (answer) => process.send?.(answer as object),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})
process.on('disconnect', () => void dispose().finally(() => process.exit()))
