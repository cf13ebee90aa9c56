import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { useMeeting } from './meeting.ts'

const spoken = 'How much is a ticket for the museum?'
const espeak = process.env.PARLOR_TEST_ESPEAK ?? 'espeak-ng'

/** What was sent to be transcribed. */
interface Upload {
  type: string
  bytes: Buffer
}

describe('a visitor who speaks', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parlor-hearing-'))
  const soundFile = join(folder, 'question.wav')
  const env: Record<string, string> = {}
  const uploads: Upload[] = []
  const transcriber = createServer(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece as Buffer)
    uploads.push({ type: request.headers['content-type'] ?? '', bytes: Buffer.concat(pieces) })
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ text: spoken }))
  })
  let isSilent = espeak === ''
  beforeAll(async () => {
    try {
      // The silence before it is the time it takes to join.
      const text = `<speak><break time="2500ms"/>${spoken}<break time="1500ms"/></speak>`
      if (!isSilent) writeFileSync(soundFile, execFileSync(espeak, ['-m', '--stdout', text]))
    } catch {
      isSilent = true
    }
    transcriber.listen(0, '127.0.0.1')
    await once(transcriber, 'listening')
    const { port } = transcriber.address() as AddressInfo
    Object.assign(env, { PARLOR_STT_BASE_URL: `http://127.0.0.1:${port}/v1`, PARLOR_STT_MODEL: 'small' })
  })
  afterAll(() => {
    transcriber.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const meeting = useMeeting(env, { soundFile })

  test('is heard once, read back in a caption, and answered', async ({ skip }) => {
    if (isSilent) skip('there is no espeak-ng to speak with')
    const guest = await meeting.openGuest(await meeting.createSession())
    await guest.sees(meeting.identity)
    await guest.hears('equos_event', 'Welcome to the museum')
    await guest.call('speak', { on: true })
    const caption = await guest.hears('caption', spoken, 30_000)
    expect(caption.body).toMatchObject({ text: spoken, 'lk.transcription_final': 'true' })
    await guest.hears('equos_event', 'A ticket costs twelve euros.')
    expect(uploads).toHaveLength(1)
    const [{ type, bytes }] = uploads as [Upload]
    expect(type).toMatch(/^multipart\/form-data/)
    expect(bytes.includes('RIFF')).toBe(true)
    // Some two seconds of 16 kHz, 16 bit: neither the whole file nor a syllable.
    expect(bytes.length).toBeGreaterThan(32_000)
    expect(bytes.length).toBeLessThan(160_000)
  })
})
