import type { AudioSource, LocalTrack, Room, VideoSource } from '@livekit/rtc-node'
import type { SeatWish } from '@parlor/conversation/room'
import type { Rtc } from './load-rtc.ts'
import { nativeQueueMs } from './seat-sound.ts'

export interface SeatTracks {
  picture: VideoSource
  sound: AudioSource
  /** The published sound's id, which captions name. */
  soundId: string
  close(): Promise<void>
}

/**
 * VP8 because every browser has it and it is the cheapest that all do. One layer: two cost a third more, and there are few
 * people to choose between them. A drawn face needs far less than this bitrate; the limit is for motion of the whole picture.
 */
const videoBitsPerSecond = 500_000n
const videoFramesPerSecond = 20
/** Where bandwidth is short the mouth rather slows than blurs (`DegradationPreference.MAINTAIN_RESOLUTION`, not exported). */
const maintainResolution = 2

/** Makes and publishes what the avatar is seen and heard by, under the names that clients of Equos look for (`realtime.md` F4). */
export async function publishTracks(rtc: Rtc, room: Room, wish: SeatWish): Promise<SeatTracks> {
  const tracks: LocalTrack[] = []
  const close = async () => {
    // Also closes the sources, and with them their native threads.
    await Promise.allSettled(tracks.map((track) => track.close()))
  }
  try {
    const sound = new rtc.AudioSource(wish.soundRate, 1, nativeQueueMs)
    const heard = rtc.LocalAudioTrack.createAudioTrack(`equos_character_${wish.identity}_audio`, sound)
    tracks.push(heard)
    const picture = new rtc.VideoSource(wish.pictureSize, wish.pictureSize)
    const seen = rtc.LocalVideoTrack.createVideoTrack(`equos_character_${wish.identity}_video`, picture)
    tracks.push(seen)
    const person = room.localParticipant
    if (!person) throw new Error('The room was left before anything was published.')
    const { sid = '' } = await person.publishTrack(heard, soundOptions(rtc))
    await person.publishTrack(seen, pictureOptions(rtc))
    return { picture, sound, soundId: sid, close }
  } catch (error) {
    await close()
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
