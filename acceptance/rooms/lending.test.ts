import { dispose, Room } from '@livekit/rtc-node'
import { afterAll, describe, expect, test } from 'vitest'
import { useMeeting } from './meeting.ts'

const rate = 24_000

/** So many seconds of a tone, 16 bit. */
function tone(seconds: number): Uint8Array {
  const samples = Int16Array.from(
    { length: rate * seconds },
    (_, at) => 9000 * Math.sin((2 * Math.PI * 220 * at) / rate),
  )
  return new Uint8Array(samples.buffer)
}

describe("an agent of the customer's own", () => {
  const meeting = useMeeting()
  afterAll(() => dispose())

  test('speaks through the avatar, is told when it was heard, and may stop it', async () => {
    const remote = { identity: 'their-agent', name: 'Their agent' }
    const made = await meeting.createSession({ remoteAgentConnectingIdentity: remote, agent: undefined })
    expect(made.remoteAgentAccessToken).toBeTruthy()
    const guest = await meeting.openGuest(made)
    await guest.sees(meeting.identity)
    const agent = new Room()
    await agent.connect(made.session.host.serverUrl, made.remoteAgentAccessToken ?? '', {
      autoSubscribe: false,
      dynacast: false,
    })
    const me = agent.localParticipant
    if (me === undefined) throw new Error('the agent is not in the room')
    const finished: unknown[] = []
    me.registerRpcMethod('lk.playback_finished', async ({ payload }) => {
      finished.push(JSON.parse(payload))
      return ''
    })
    const lend = async (seconds: number) => {
      const stream = await me.streamBytes({
        name: 'speech',
        topic: 'lk.audio_stream',
        attributes: { sample_rate: String(rate), num_channels: '1' },
        destinationIdentities: [meeting.identity],
      })
      await stream.write(tone(seconds))
      await stream.close()
    }

    const sound = guest.call('listen', { identity: meeting.identity, ms: 3000 })
    await lend(2)
    expect((await sound).loudest).toBeGreaterThan(0.05)
    await expect.poll(() => finished.length, { timeout: 10_000 }).toBe(1)
    expect(finished[0]).toMatchObject({ interrupted: false })

    await lend(20)
    await guest.hears('state', 'speaking')
    await me.performRpc({ destinationIdentity: meeting.identity, method: 'lk.clear_buffer', payload: '' })
    await expect.poll(() => finished.length, { timeout: 10_000 }).toBe(2)
    expect(finished[1]).toMatchObject({ interrupted: true })
    const hush = await guest.call('listen', { identity: meeting.identity, ms: 1500 })
    expect(hush.loud).toBeLessThan(5)
    await agent.disconnect()
  })
})
