import type { LiveContext } from './live-state.ts'

/** The ports of core's verbs that end sessions. */
export function endingPorts({ ports, fanOut }: LiveContext) {
  const { sessions, signingKeys, clock } = ports
  return { sessions, signingKeys, clock, fanOut }
}
