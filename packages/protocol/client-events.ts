/** What a client says on the live socket: one JSON object per text frame. */
export type ClientEvent =
  | Hello
  | UserText
  | Interrupt
  | UserActivity
  | Action
  | Ack
  | { type: 'ping'; t: number }
  | { type: 'bye' }

export interface Hello {
  type: 'hello'
  v: 1
  token: string
  /** The session the frame's URL names; the server refuses a token of any other session. */
  session?: string
  /** A visitor made by an earlier `ready`; absent makes a new one. */
  visitor?: { id: string; resume_key: string }
  /** The number of the last durable event this client has seen. */
  resume?: { last_seq: number }
  caps?: {
    audio_in?: boolean
    audio_out?: boolean
    tts_browser?: boolean
    stt_browser?: boolean
    codecs?: string[]
  }
  /** BCP 47. */
  locale?: string
  /** IANA time zone. */
  tz?: string
  reduced_motion?: boolean
}

/** A typed message. Sending the same `id` again is harmless: it is answered once. */
export interface UserText {
  type: 'user.text'
  id: string
  text: string
}

export interface Interrupt {
  type: 'interrupt'
  response?: number
  played_ms?: number
  reason?: 'speech' | 'button' | 'text'
}

export interface UserActivity {
  type: 'user.activity'
  kind: 'typing' | 'speaking'
}

export interface Action {
  type: 'action'
  id: string
  name: string
  data?: unknown
}

/** The client needs no replay up to and including `seq`. */
export interface Ack {
  type: 'ack'
  seq: number
}
