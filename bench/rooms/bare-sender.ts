import {
  AudioFrame,
  AudioSource,
  dispose,
  LocalAudioTrack,
  LocalVideoTrack,
  Room,
  TrackPublishOptions,
  TrackSource,
  VideoBufferType,
  VideoFrame,
  VideoSource,
} from '@livekit/rtc-node'

/** Asked of this process by the bench: to be in rooms and send, or to leave them. */
export type SenderOrder = { do: 'send'; rooms: { url: string; token: string }[] } | { do: 'stop' }

const size = 512
const picturesPerSecond = 15
const soundRate = 24_000
const frameMs = 20
let rooms: Room[] = []
let timer: NodeJS.Timeout | undefined

/** The least an avatar could cost: one grey picture again and again, and one tone, through the same binding and the same encoders. */
async function send(places: { url: string; token: string }[]): Promise<void> {
  const grey = new Uint8Array((size * size * 3) / 2).fill(128)
  const picture = new VideoFrame(grey, size, size, VideoBufferType.I420)
  const videos: VideoSource[] = []
  for (const { url, token } of places) {
    const room = new Room()
    await room.connect(url, token, { autoSubscribe: false, dynacast: false })
    const [video, audio] = [new VideoSource(size, size), new AudioSource(soundRate, 1)]
    const options = (source: TrackSource) => new TrackPublishOptions({ source, simulcast: false })
    const { localParticipant } = room
    await localParticipant?.publishTrack(
      LocalVideoTrack.createVideoTrack('still', video),
      options(TrackSource.SOURCE_CAMERA),
    )
    await localParticipant?.publishTrack(
      LocalAudioTrack.createAudioTrack('tone', audio),
      options(TrackSource.SOURCE_MICROPHONE),
    )
    rooms.push(room)
    videos.push(video)
    void hum(room, audio)
  }
  timer = setInterval(() => {
    for (const video of videos) video.captureFrame(picture)
  }, 1000 / picturesPerSecond)
}

async function hum(room: Room, audio: AudioSource): Promise<void> {
  const perFrame = (soundRate * frameMs) / 1000
  for (let at = 0; rooms.includes(room); at += perFrame) {
    const tone = Int16Array.from(
      { length: perFrame },
      (_, i) => 9000 * Math.sin((2 * Math.PI * 220 * (at + i)) / soundRate),
    )
    await audio.captureFrame(new AudioFrame(tone, soundRate, 1, perFrame))
  }
}

async function stop(): Promise<void> {
  clearInterval(timer)
  const leaving = rooms
  rooms = []
  await Promise.all(leaving.map((room) => room.disconnect()))
}

process.on('message', (order: SenderOrder) => {
  const work = order.do === 'send' ? send(order.rooms) : stop()
  work.then(
    () => process.send?.({}),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})
process.on('disconnect', () => void dispose().finally(() => process.exit()))
