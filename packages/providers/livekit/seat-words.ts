import type { LocalParticipant, Room } from '@livekit/rtc-node'
import type { Caption, LoanNews, Manner, RoomNotice } from '@parlor/conversation/room'
import type { Rtc } from './load-rtc.ts'
import { openOutbox } from './seat-outbox.ts'
import { topics } from './topics.ts'

export interface SeatWords {
  setManner(manner: Manner): void
  caption(caption: Caption): void
  say(text: string): void
  notify(notice: RoomNotice): void
  answerLoan(identity: string, news: LoanNews): void
  /** Sends what waits, for a second at most. */
  close(): Promise<void>
}

/** How LiveKit's clients name what an agent does; they know no idle one. */
const agentStates: Readonly<Record<Manner, string>> = {
  idle: 'listening',
  listening: 'listening',
  thinking: 'thinking',
  speaking: 'speaking',
}
const callMs = 4000

/** What the avatar tells the room beside its sound: in order, best effort. */
export function openSeatWords(rtc: Rtc, room: Room, soundId: string): SeatWords {
  const outbox = openOutbox()
  const calls = openOutbox()
  let told = ''
  const tell = (work: (person: LocalParticipant) => Promise<unknown>, place?: string) => {
    outbox.put(async () => room.localParticipant && work(room.localParticipant), place)
  }

  return {
    setManner(manner) {
      const state = agentStates[manner]
      if (state === told) return
      told = state
      tell((person) => person.setAttributes({ [topics.agentState]: state }), 'manner')
    },
    caption(caption) {
      tell((person) => sendCaption(rtc, room, person, { caption, soundId }), `caption ${caption.segment}`)
    },
    say(text) {
      tell((person) => person.sendText(text, { topic: topics.chat }))
    },
    notify(notice) {
      const data = new TextEncoder().encode(JSON.stringify(renderNotice(notice)))
      tell((person) => person.publishData(data, { reliable: true, topic: topics.equos }))
    },
    answerLoan(identity, news) {
      calls.put(async () => room.localParticipant?.performRpc({ destinationIdentity: identity, ...renderNews(news) }))
    },
    async close() {
      await Promise.all([outbox.close(), calls.close()])
    },
  }
}

interface CaptionTurn {
  caption: Caption
  soundId: string
}

async function sendCaption(rtc: Rtc, room: Room, person: LocalParticipant, { caption, soundId }: CaptionTurn) {
  const { segment, text, isFinal, speaker } = caption
  const trackId = speaker === 'avatar' ? soundId : microphoneOf(rtc, room, speaker.identity)
  const attributes = {
    [topics.segment]: segment,
    [topics.isFinal]: String(isFinal),
    ...(trackId !== '' && { [topics.trackId]: trackId }),
  }
  if (speaker === 'avatar') {
    await person.sendText(text, { topic: topics.transcription, attributes })
    return
  }
  // Under the speaker's name, as LiveKit's clients expect it; only a stream can be sent so.
  const writer = await person.streamText({
    topic: topics.transcription,
    attributes,
    senderIdentity: speaker.identity,
  })
  await writer.write(text)
  await writer.close()
}

function microphoneOf(rtc: Rtc, room: Room, identity: string): string {
  for (const track of room.remoteParticipants.get(identity)?.trackPublications.values() ?? []) {
    if (track.source === rtc.TrackSource.SOURCE_MICROPHONE) return track.sid ?? ''
  }
  return ''
}

/** As the Equos clients read it (`contracts.md` 2.7). */
function renderNotice(notice: RoomNotice): object {
  switch (notice.type) {
    case 'interrupted':
      return { type: 'interrupt' }
    case 'utterance': {
      const { author, content, at } = notice
      return { type: 'utterance', author, content, recordedAt: new Date(at).toISOString() }
    }
    case 'expires_soon':
      return { type: 'expire_soon', seconds_remaining: notice.secondsRemaining }
    case 'failed':
      return { type: 'error', code: notice.code, message: notice.message }
  }
}

/** As LiveKit's agents read it: the position is in seconds. */
function renderNews(news: LoanNews): { method: string; payload: string; responseTimeout: number } {
  if (news.type === 'started') return { method: topics.loanStarted, payload: '{}', responseTimeout: callMs }
  const payload = { playback_position: news.playedMs / 1000, interrupted: news.isInterrupted }
  return { method: topics.loanFinished, payload: JSON.stringify(payload), responseTimeout: callMs }
}
