import type { Room, TextStreamReader } from '@livekit/rtc-node'
import type { RoomListener } from '@parlor/conversation/room'
import type { Rtc } from './load-rtc.ts'
import { type Message, readEvent, readOldChat } from './read-message.ts'
import { topics } from './topics.ts'

/** Bytes of one text; a longer one is ignored as a whole, since half a question is another question. */
const mostTextBytes = 8192
/** JSON may write a character with six. */
const mostPacketBytes = 6 * mostTextBytes
const mostOpenTexts = 8
const longestTextMs = 10_000
/** Messages of one person: so many at once, then so many a second; what is beyond is ignored. */
const burst = 20
const perSecond = 5
const rememberedIds = 64
/**
 * A LiveKit server announces people who publish nothing up to three seconds late, and data of somebody who is not announced comes
 * without a sender: it waits for the next one who is.
 */
const announcedWithinMs = 5000
const mostNameless = 16

type Hearer = Pick<RoomListener, 'wrote' | 'remarked' | 'interrupted'>

/** Whatever people write to the avatar, however their client does it. What cannot be read is ignored. */
export function openSeatInbox(rtc: Rtc, room: Room, listener: Hearer): void {
  const { isAllowed, forget } = openAllowances()
  const isNew = openMemory()
  const nameless: { message: Message; at: number }[] = []
  let openTexts = 0

  const deliver = (identity: string, message: Message) => {
    if (message.type === 'interrupt') return listener.interrupted(identity)
    const text = message.text.trim()
    if (text === '' || Buffer.byteLength(text) > mostTextBytes || !isNew(message.id && `${identity} ${message.id}`))
      return
    if (message.type === 'chat') listener.wrote(identity, text)
    else listener.remarked(identity, text)
  }

  room.registerTextStreamHandler(topics.chat, async (reader, { identity }) => {
    if (openTexts >= mostOpenTexts || !isAllowed(identity)) return void reader.close()
    openTexts += 1
    const text = await readText(reader)
    openTexts -= 1
    if (text !== null) deliver(identity, { type: 'chat', text, id: reader.info.streamId })
  })
  const takeIn = (identity: string | undefined, message: Message | null) => {
    if (message === null) return
    if (identity !== undefined) {
      if (isAllowed(identity)) deliver(identity, message)
      return
    }
    nameless.push({ message, at: performance.now() })
    if (nameless.length > mostNameless) nameless.shift()
  }
  room.on(rtc.RoomEvent.DataReceived, (data, person, _kind, topic) => {
    if (data.byteLength > mostPacketBytes) return
    if (topic === topics.equos) takeIn(person?.identity, readEvent(data))
    else if (topic === topics.oldChat) takeIn(person?.identity, readOldChat(data))
  })
  room.on(rtc.RoomEvent.ChatMessage, ({ id, message }, person) => {
    if (person !== room.localParticipant) takeIn(person?.identity, { type: 'chat', text: message, id })
  })
  room.on(rtc.RoomEvent.ParticipantConnected, ({ identity }) => {
    for (const { message, at } of nameless.splice(0)) {
      if (performance.now() - at < announcedWithinMs) takeIn(identity, message)
    }
  })
  room.on(rtc.RoomEvent.ParticipantDisconnected, ({ identity }) => forget(identity))
}

/** How much each person may still write. */
function openAllowances() {
  const people = new Map<string, { left: number; at: number }>()
  return {
    isAllowed(identity: string): boolean {
      const now = performance.now()
      const before = people.get(identity) ?? { left: burst, at: now }
      const left = Math.min(burst, before.left + ((now - before.at) / 1000) * perSecond)
      people.set(identity, { left: left < 1 ? left : left - 1, at: now })
      return left >= 1
    },
    forget: (identity: string) => void people.delete(identity),
  }
}

/** Clients send one message by two ways, with one id, so that old and new ones read it; what has no id is always new. */
function openMemory(): (id: string | null) => boolean {
  const ids: string[] = []
  return (id) => {
    if (id === null || id === '') return true
    if (ids.includes(id)) return false
    ids.push(id)
    if (ids.length > rememberedIds) ids.shift()
    return true
  }
}

/** Null for one that is too long, too slow or broken off. */
async function readText(reader: TextStreamReader): Promise<string | null> {
  let isLate = false
  const late = setTimeout(() => {
    isLate = true
    void reader.close()
  }, longestTextMs)
  try {
    let text = ''
    for await (const piece of reader) {
      text += piece
      if (Buffer.byteLength(text) > mostTextBytes) return null
    }
    return isLate ? null : text
  } catch {
    return null
  } finally {
    clearTimeout(late)
  }
}
