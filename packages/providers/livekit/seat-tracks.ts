import type { AudioSource, Room, VideoSource } from '@livekit/rtc-node'
import type { SeatWish } from '@parlor/conversation/room'
import type { Rtc } from './load-rtc.ts'
import { nativeQueueMs } from './seat-sound.ts'

export interface SeatTracks {
  picture: VideoSource
  sound: AudioSource
  /** The published sound's id, which captions name. */
  soundId: string
  /** `isLost` says that it was the server, or nobody, who ended the connection. */
  close(isLost: boolean): Promise<void>
}

/**
 * VP8 because every browser has it (H.264 took a fifth less). One layer: a second one took a quarter more, and there are few
 * people to choose between them. A drawn face needs far less than this bitrate; the limit is for motion of the whole picture.
 * Measured at 15 frames a second of 512 x 512 with sound: a tenth of a core for one seat and 0.6 for ten, nine tenths of it in
 * the client's own threads; 50 MB for the client and 14 for each seat.
 */
const videoBitsPerSecond = 500_000n
const videoFramesPerSecond = 20
/** Where bandwidth is short the mouth rather slows than blurs (`DegradationPreference.MAINTAIN_RESOLUTION`, not exported). */
const maintainResolution = 2

/**
 * Sources whose connection the server ended: the client keeps them, each with a thread of its own, as long as the process lives
 * (livekit/rust-sdks issue 1443; not so where we left ourselves). So the next seat takes one of them, and as many stay as were
 * ever needed at once.
 */
const spareSources: AudioSource[] = []

function takeSource(rtc: Rtc, rate: number): AudioSource {
  const spare = spareSources.findIndex(({ sampleRate }) => sampleRate === rate)
  const [taken] = spare === -1 ? [] : spareSources.splice(spare, 1)
  return taken ?? new rtc.AudioSource(rate, 1, nativeQueueMs)
}

/** Makes and publishes what the avatar is seen and heard by, under the names that clients of Equos look for (`realtime.md` F4). */
export async function publishTracks(rtc: Rtc, room: Room, wish: SeatWish): Promise<SeatTracks> {
  const sound = takeSource(rtc, wish.soundRate)
  const picture = new rtc.VideoSource(wish.pictureSize, wish.pictureSize)
  const heard = rtc.LocalAudioTrack.createAudioTrack(`equos_character_${wish.identity}_audio`, sound)
  const seen = rtc.LocalVideoTrack.createVideoTrack(`equos_character_${wish.identity}_video`, picture)
  const close = async (isLost: boolean) => {
    if (isLost) {
      sound.clearQueue()
      spareSources.push(sound)
    }
    // Also closes the sources, and with them their native threads.
    await Promise.allSettled([heard.close(!isLost), seen.close()])
  }
  try {
    const person = room.localParticipant
    if (!person) throw new Error('The room was left before anything was published.')
    const { sid = '' } = await person.publishTrack(heard, soundOptions(rtc))
    await person.publishTrack(seen, pictureOptions(rtc))
    return { picture, sound, soundId: sid, close }
  } catch (error) {
    await close(true)
    throw error
  }
}

function soundOptions(rtc: Rtc) {
  return new rtc.TrackPublishOptions({ source: rtc.TrackSource.SOURCE_MICROPHONE, dtx: true, red: true })
}

function pictureOptions(rtc: Rtc) {
  return new rtc.TrackPublishOptions({
    source: rtc.TrackSource.SOURCE_CAMERA,
    videoCodec: rtc.VideoCodec.VP8,
    simulcast: false,
    videoEncoding: { maxBitrate: videoBitsPerSecond, maxFramerate: videoFramesPerSecond },
    degradationPreference: maintainResolution,
  })
}
