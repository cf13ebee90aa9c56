import { ParlorError } from '@parlor/core/errors'
import type { GivenHost, RoomDesk } from '@parlor/core/room'
import { type EndSessionPorts, endSession, type Session } from '@parlor/core/session'

/** A desk without a media server: it writes down what it is asked, and refuses where a test says so. */
export interface TestDesk extends RoomDesk {
  /** What it was asked, in order: `prepare`, `open ID`, `grant ID`. */
  asked: string[]
  given: (GivenHost | null)[]
  /** Which step refuses, until it is set to null again. */
  refuses: 'prepare' | 'open' | null
  /** Runs while the desk is asked to prepare. */
  onPrepare(): Promise<void>
}

const down = () => new ParlorError('unavailable', { message: 'The media server cannot be reached.' })

export function testDesk(ports: () => EndSessionPorts): TestDesk {
  let tokens = 0
  const tokenFor = (guest: { identity: string } | null | undefined, { settings }: Session) => {
    tokens += 1
    return guest == null || settings.room?.host != null ? null : `token ${tokens} of ${guest.identity}`
  }
  const desk: TestDesk = {
    serverUrl: 'wss://media.example',
    asked: [],
    given: [],
    refuses: null,
    onPrepare: async () => {},
    prepare: async (host) => {
      desk.asked.push('prepare')
      desk.given.push(host)
      await desk.onPrepare()
      if (desk.refuses === 'prepare') throw down()
      return host && { serverUrl: host.serverUrl, sealedToken: 'sealed' }
    },
    open: async ({ id }) => {
      desk.asked.push(`open ${id}`)
      if (desk.refuses !== 'open') return
      await endSession(ports(), id, 'failed', undefined, 'The media server could not be reached.')
      throw down()
    },
    grant: async (session) => {
      desk.asked.push(`grant ${session.id}`)
      const { consumer, remoteAgent } = session.settings.room ?? {}
      return { consumer: tokenFor(consumer, session), remoteAgent: tokenFor(remoteAgent, session) }
    },
  }
  return desk
}
