/** Durations of rooms; the unit is in the name. */
export interface RoomsTiming {
  /** The media server drops a room nobody joined for so long, and one everybody left. */
  emptySeconds: number
  leftSeconds: number
  /** How much later Parlor ends such a session by itself, where the media server does not say so. */
  graceMs: number
  /** How long the media server may take over one call. */
  callMs: number
  joinMs: number
  /** How long an ending call tries to have a room removed; then the sweep goes on. */
  removeMs: number
  /** How long an ending call waits for the avatar to leave. */
  leaveMs: number
  /** How long a node that stops waits for another one to take an avatar's place, and for an avatar to say that it goes. */
  handOverMs: number
  excuseMs: number
  sweepEveryMs: number
  /** The longest pause between sweeps while the media server cannot be reached. */
  sweepSlowMs: number
  /** A session without its room is given so long after it was made. */
  roomlessMs: number
  /** An older session whose room is not there is given so long before it is ended. */
  absentMs: number
  /** The first and the longest pause before the avatar tries to come back. */
  rejoinMs: number
  rejoinSlowMs: number
  /** So many failures in a row are too many, and so is failing for so long. */
  mostRejoins: number
  giveUpMs: number
}

export const defaultRoomsTiming: RoomsTiming = {
  emptySeconds: 90,
  leftSeconds: 20,
  graceMs: 5_000,
  callMs: 5_000,
  joinMs: 15_000,
  removeMs: 3_000,
  leaveMs: 1_000,
  handOverMs: 4_000,
  excuseMs: 6_000,
  sweepEveryMs: 1_000,
  sweepSlowMs: 30_000,
  roomlessMs: 15_000,
  absentMs: 4_000,
  rejoinMs: 250,
  rejoinSlowMs: 5_000,
  mostRejoins: 8,
  giveUpMs: 40_000,
}

/** Consumer, avatar, the customer's agent, and one to spare for somebody who comes back before the old connection is gone. */
export const mostPeople = 4
/** Node's timers hold no more than 31 bits. */
export const longestTimerMs = 2 ** 31 - 1
