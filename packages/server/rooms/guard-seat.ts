import type { RoomListener, RoomSeat } from '@parlor/conversation/room'

const nothing = Promise.resolve()

/** A seat nothing is sent from unless `mayUse` says so at that moment (design, promise 1). Leaving is always allowed. */
export function guardSeat(seat: RoomSeat, mayUse: () => boolean): RoomSeat {
  return {
    people: () => (mayUse() ? seat.people() : []),
    show: (frame) => void (mayUse() && seat.show(frame)),
    play: (sound) => (mayUse() ? seat.play(sound) : nothing),
    queuedMs: () => seat.queuedMs(),
    hush: () => seat.hush(),
    setManner: (manner) => void (mayUse() && seat.setManner(manner)),
    caption: (caption) => void (mayUse() && seat.caption(caption)),
    say: (text) => void (mayUse() && seat.say(text)),
    notify: (notice) => void (mayUse() && seat.notify(notice)),
    answerLoan: (identity, news) => void (mayUse() && seat.answerLoan(identity, news)),
    leave: () => seat.leave(),
  }
}

/** What the room says reaches nobody unless `mayUse` says so at that moment; that the connection is over always does. */
export function guardListener(listener: RoomListener, mayUse: () => boolean): RoomListener {
  const guard =
    <A extends unknown[]>(hear: (...said: A) => void) =>
    (...said: A): void =>
      void (mayUse() && hear(...said))
  return {
    joined: guard(listener.joined),
    left: guard(listener.left),
    wrote: guard(listener.wrote),
    remarked: guard(listener.remarked),
    interrupted: guard(listener.interrupted),
    heard: guard(listener.heard),
    fellSilent: guard(listener.fellSilent),
    lent: guard(listener.lent),
    lentInterrupted: guard(listener.lentInterrupted),
    lost: listener.lost,
  }
}
