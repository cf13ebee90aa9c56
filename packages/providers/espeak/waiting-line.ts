/** Lets so many in at once; the others wait in the order they came. */
export interface WaitingLine {
  /** @throws the signal's reason, when it aborts before the turn has come. */
  enter(signal: AbortSignal | undefined): Promise<void>
  /** Once for each that was let in. */
  leave(): void
}

export function openLine(mostInside: number): WaitingLine {
  let inside = 0
  const waiting: (() => void)[] = []
  return {
    async enter(signal) {
      if (inside < mostInside) {
        inside += 1
        return
      }
      await new Promise<void>((resolve, reject) => {
        const goIn = () => {
          signal?.removeEventListener('abort', giveUp)
          resolve()
        }
        const giveUp = () => {
          waiting.splice(waiting.indexOf(goIn), 1)
          reject(signal?.reason)
        }
        waiting.push(goIn)
        signal?.addEventListener('abort', giveUp, { once: true })
      })
    },
    leave() {
      const next = waiting.shift()
      if (next) next()
      else inside -= 1
    },
  }
}
