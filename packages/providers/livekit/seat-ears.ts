import type {
  AudioFrame,
  Participant,
  RemoteTrack,
  RemoteTrackPublication,
  Room,
  TrackPublication,
} from '@livekit/rtc-node'
import type { RoomListener } from '@parlor/conversation/room'
import type { Rtc } from './load-rtc.ts'

export interface SeatEars {
  /** Begins to hear those who were there before; call it once the room is joined. */
  open(): void
  close(): Promise<void>
}

const rate = 16_000
const stretchMs = 20
const mostHeard = 8
/** What was said before a microphone was closed is on its way for so long. */
const underwayMs = 200

/**
 * Hears the microphones of the others, and nothing else: pictures and shared screens are not even asked for, since the client
 * would decode them. The room must be joined without `autoSubscribe`.
 */
export function openSeatEars(rtc: Rtc, room: Room, listener: Pick<RoomListener, 'heard' | 'fellSilent'>): SeatEars {
  const readers = new Map<RemoteTrack, ReadableStreamDefaultReader<AudioFrame>>()
  let isClosed = false

  const askFor = (publication: RemoteTrackPublication) => {
    if (isClosed || publication.source !== rtc.TrackSource.SOURCE_MICROPHONE) return
    publication.setSubscribed(true)
  }
  const hear = async (track: RemoteTrack, identity: string) => {
    if (isClosed || readers.size >= mostHeard || track.kind !== rtc.TrackKind.KIND_AUDIO) return
    const stream = new rtc.AudioStream(track, { sampleRate: rate, numChannels: 1, frameSizeMs: stretchMs })
    const reader = stream.getReader()
    readers.set(track, reader)
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        if (!isClosed) listener.heard(identity, { samples: next.value.data, rate })
      }
    } catch {
      // The track is gone, and with it whoever spoke.
    } finally {
      readers.delete(track)
    }
  }

  const fallSilent = ({ source }: TrackPublication, { identity }: Participant) => {
    if (source !== rtc.TrackSource.SOURCE_MICROPHONE) return
    setTimeout(() => void (isClosed || listener.fellSilent(identity)), underwayMs).unref()
  }

  room.on(rtc.RoomEvent.TrackPublished, askFor)
  room.on(rtc.RoomEvent.TrackMuted, fallSilent)
  room.on(rtc.RoomEvent.TrackUnpublished, fallSilent)
  room.on(rtc.RoomEvent.TrackSubscribed, (track, _publication, person) => void hear(track, person.identity))

  return {
    open() {
      for (const person of room.remoteParticipants.values()) {
        for (const publication of person.trackPublications.values()) askFor(publication)
      }
    },
    async close() {
      isClosed = true
      await Promise.allSettled([...readers.values()].map((reader) => reader.cancel()))
    },
  }
}
