import type { LiveState } from './state.ts'
import { reduceTranscript, type TranscriptEvent } from './transcript.ts'

/** The one state of a client and those who watch it. */
export interface Store {
  readonly state: LiveState
  update(next: Partial<LiveState>): void
  transcribe(event: TranscriptEvent): void
  subscribe(listener: (state: LiveState) => void): () => void
  /** Forgets every listener. */
  clear(): void
}

export function createStore(first: LiveState): Store {
  const listeners = new Set<(state: LiveState) => void>()
  let state = first
  function update(next: Partial<LiveState>): void {
    state = { ...state, ...next }
    for (const listener of [...listeners]) listener(state)
  }
  return {
    get state() {
      return state
    },
    update,
    transcribe(event) {
      const transcript = reduceTranscript(state.transcript, event)
      if (transcript !== state.transcript) update({ transcript })
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    clear: () => listeners.clear(),
  }
}
