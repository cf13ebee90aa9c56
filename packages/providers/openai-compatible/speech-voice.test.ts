import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { inspect } from 'node:util'
import { type Sound, type SpeechWish, writeWav } from '@parlor/conversation/speech'
import { describe, expect, it } from 'vitest'
import { type SpeechEndpoint, speechVoice } from './speech-voice.ts'
import { type AudioAct, openAudioEndpoint, wishIn } from './testing/open-audio-endpoint.ts'

const wish: SpeechWish = { text: 'Hello there.', language: 'en', gender: 'neutral', voiceName: null }
const samples = Int16Array.from({ length: 3_000 }, (_, i) => (i * 7919) % 65_536)
const pcm = Buffer.from(samples.buffer)
const wav = Buffer.from(writeWav({ samples, rate: 22_050 }))

/** Writes in chunks that are chunks on the wire too. */
async function inChunks(response: ServerResponse, bytes: Buffer, length: number) {
  for (let at = 0; at < bytes.length; at += length) {
    await new Promise((sent) => response.write(bytes.subarray(at, at + length), sent))
  }
}

const say =
  (bytes: Buffer, type: string, status = 200) =>
  (response: ServerResponse) =>
    response.writeHead(status, { 'content-type': type }).end(bytes)

interface Asking {
  wish?: Partial<SpeechWish>
  endpoint?: Partial<SpeechEndpoint>
  signal?: AbortSignal
  times?: number
  onSound?: () => unknown
}

/** Speaks by an endpoint that does as told, as often as told; tells of the last time. */
async function speak(
  act: AudioAct,
  { signal = new AbortController().signal, times = 1, onSound, ...more }: Asking = {},
) {
  await using server = await openAudioEndpoint(act)
  const voice = speechVoice({
    baseUrl: server.baseUrl,
    apiKey: 'geheim',
    model: 'tts-1',
    voice: 'alloy',
    ...more.endpoint,
  })
  let sounds: Sound[] = []
  let fault: unknown
  for (let i = 0; i < times; i += 1) {
    sounds = []
    fault = undefined
    try {
      for await (const sound of voice.synthesize({ ...wish, ...more.wish }, signal)) {
        sounds.push(sound)
        await onSound?.()
      }
    } catch (error) {
      fault = error
    }
  }
  const closed = await Promise.all(server.asked.map(({ closed }) => closed))
  return {
    samples: Int16Array.from(sounds.flatMap((sound) => [...sound.samples])),
    rates: [...new Set(sounds.map(({ rate }) => rate))],
    fault,
    asked: server.asked,
    wishes: server.asked.map(wishIn),
    closed,
  }
}

describe('an endpoint that speaks', () => {
  it('is asked for bare samples, by its model, its voice and its key', async () => {
    const { asked, wishes, ...spoken } = await speak(say(pcm, 'audio/pcm'), { wish: { text: ' Hello there. ' } })
    expect(spoken).toMatchObject({ samples, rates: [24_000], fault: undefined, closed: ['answered'] })
    expect(asked[0]).toMatchObject({
      path: '/v1/audio/speech',
      headers: { authorization: 'Bearer geheim', 'content-type': 'application/json' },
    })
    expect(wishes).toEqual([{ model: 'tts-1', voice: 'alloy', input: 'Hello there.', response_format: 'pcm' }])
  })

  it('is asked without a key where there is none, and for no more than it takes', async () => {
    const { asked, wishes } = await speak(say(pcm, 'audio/pcm'), {
      endpoint: { apiKey: null },
      wish: { text: 'x'.repeat(9_000), voiceName: 'nova' },
    })
    expect(asked[0]?.headers).not.toHaveProperty('authorization')
    expect(wishes).toMatchObject([{ voice: 'nova', input: 'x'.repeat(4_096) }])
  })

  it.each([1, 3, 999])('may cut its samples anywhere (%i bytes at once)', async (length) => {
    const bytes = pcm.subarray(0, length === 1 ? 60 : undefined)
    const spoken = await speak(async (response) => {
      response.writeHead(200, { 'content-type': 'audio/pcm' })
      await inChunks(response, bytes, length)
      response.end()
    })
    expect(spoken).toMatchObject({ samples: samples.slice(0, bytes.length / 2), rates: [24_000], fault: undefined })
  })

  it('is heard before it is done', async () => {
    let hear = () => {}
    const heard = new Promise<void>((resolve) => {
      hear = resolve
    })
    const spoken = await speak(
      async (response) => {
        response.write(pcm.subarray(0, 2_001))
        await heard
        response.end(pcm.subarray(2_001))
      },
      { onSound: () => hear() },
    )
    expect(spoken).toMatchObject({ samples, fault: undefined })
  })

  it('may name another rate, or send a WAV all the same', async () => {
    expect(await speak(say(pcm, 'audio/pcm; rate=16000'))).toMatchObject({ samples, rates: [16_000] })
    expect(await speak(say(wav, 'audio/mpeg'))).toMatchObject({ samples, rates: [22_050], wishes: [{}] })
    const loud = Buffer.from([0xff, 0xfb, 0x90, 0x64])
    expect(await speak(say(loud, 'audio/pcm'))).toMatchObject({ samples: { length: 2 }, wishes: [{}] })
    expect(await speak(say(pcm, 'audio/mpeg'))).toMatchObject({ samples, rates: [24_000] })
  })

  it('is asked for nothing where there is nothing to say', async () => {
    expect(await speak(say(pcm, 'audio/pcm'), { wish: { text: ' \n' } })).toMatchObject({ asked: [], fault: undefined })
  })
})

describe('an endpoint without bare samples', () => {
  it.each<[string, AudioAct]>([
    ['refuses them', say(Buffer.from('geheim'), 'application/json', 400)],
    ['fails at them', say(Buffer.alloc(0), 'text/plain', 500)],
    ['sends an MP3', say(Buffer.from('ID3.............'), 'audio/pcm')],
    ['sends an MP3 without a tag', say(Buffer.from([0xff, 0xfb, 0x90, 0x64, 0, 0]), 'audio/mpeg')],
    ['sends an error that is none', say(Buffer.from('{"error":"geheim"}'), 'application/json')],
    ['sends an error as sound', say(Buffer.from('{"error":"geheim"}'), 'audio/pcm')],
    ['sends nothing', say(Buffer.alloc(0), 'audio/pcm')],
  ])('(it %s) is asked for WAV, and from then on at once', async (name, refuse) => {
    const spoken = await speak(
      (response, asked) =>
        wishIn(asked).response_format === 'pcm' ? refuse(response, asked) : say(wav, 'audio/wav')(response),
      { times: 2 },
    )
    expect(spoken).toMatchObject({ samples, rates: [22_050], fault: undefined })
    const formats = spoken.wishes.map(({ response_format }) => response_format)
    expect(formats, name).toEqual(['pcm', 'wav', 'wav'])
  })
})

describe('a voice the endpoint does not know', () => {
  const act: AudioAct = (response, asked) =>
    wishIn(asked).voice === 'alloy'
      ? say(pcm, 'audio/pcm')(response)
      : say(Buffer.from('no'), 'text/plain', 400)(response)

  it('is spoken by its usual one, and is asked for once', async () => {
    const spoken = await speak(act, { wish: { voiceName: 'marlene' }, times: 3 })
    expect(spoken).toMatchObject({ samples, fault: undefined })
    expect(spoken.wishes.map(({ voice, response_format }) => `${voice} ${response_format}`)).toEqual([
      'marlene pcm',
      'marlene wav',
      'alloy pcm',
      'alloy pcm',
      'alloy pcm',
    ])
  })

  it('costs no more than four questions where the endpoint knows nothing', async () => {
    const { wishes, fault } = await speak(say(Buffer.from('no'), 'text/plain', 400), { wish: { voiceName: 'x' } })
    expect(wishes).toHaveLength(4)
    expect(fault).toMatchObject({ kind: 'refused', part: 'speech', statusCode: 400 })
  })
})

describe('an endpoint that fails', () => {
  const quick = { timeouts: { firstMs: 300, idleMs: 300, totalMs: 10_000 } }

  it.each<[string, AudioAct, string, number]>([
    ['refuses the key', say(Buffer.from('geheim'), 'text/plain', 401), 'refused', 1],
    ['sends elsewhere', (response) => response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(), 'refused', 1],
    ['never answers', () => {}, 'late', 1],
    ['answers and never speaks', (response) => response.writeHead(200).flushHeaders(), 'late', 1],
    ['falls silent', (response) => response.writeHead(200).write(pcm), 'late', 1],
    ['speaks nothing in any format', say(Buffer.alloc(0), 'audio/wav'), 'broken', 2],
    ['sends noise for a WAV', say(Buffer.from('<html>geheim'), 'text/html'), 'broken', 2],
    [
      'dies amid its sound',
      async (response) => {
        await inChunks(response, pcm, 2_000)
        response.destroy()
      },
      'broken',
      1,
    ],
  ])('(it %s) is a fault that holds nothing it sent, and no connection', async (_, act, kind, requests) => {
    const { fault, asked, closed } = await speak(act, { endpoint: quick })
    expect(fault).toMatchObject({ kind, part: 'speech', name: `SpeechFault(speech, ${kind})` })
    expect(inspect(fault, { depth: 9, showHidden: true })).not.toContain('geheim')
    expect(asked).toHaveLength(requests)
    expect(closed).toHaveLength(requests)
  })

  it('(nobody is there) is out of reach', async () => {
    const endpoint = { baseUrl: 'http://127.0.0.1:1/v1' }
    expect((await speak(() => {}, { endpoint })).fault).toMatchObject({ kind: 'unreachable' })
  })

  it('(it drips) gets no more time than all of it may take', async () => {
    const drip = (response: ServerResponse) => {
      const timer = setInterval(() => response.write(pcm.subarray(0, 2)), 20)
      response.on('close', () => clearInterval(timer))
    }
    const { fault, closed } = await speak(drip, { endpoint: { timeouts: { firstMs: 300, idleMs: 300, totalMs: 300 } } })
    expect(fault).toMatchObject({ kind: 'late' })
    expect(closed).toEqual(['hung up on'])
  })

  it('(it speaks without end) is broken off', async () => {
    const endless = async (response: ServerResponse) => {
      const closed = once(response, 'close')
      while (!response.destroyed) {
        if (!response.write(Buffer.alloc(65_536))) await Promise.race([once(response, 'drain'), closed])
      }
    }
    const { fault, samples: heard, closed } = await speak(endless)
    expect(fault).toMatchObject({ kind: 'endless' })
    expect(heard.length).toBeLessThan(5_000_000)
    expect(closed).toEqual(['hung up on'])
  })
})

describe('whoever listens', () => {
  const goesOn: AudioAct = (response) => response.writeHead(200, { 'content-type': 'audio/pcm' }).write(pcm)

  it('and leaves lets go of the endpoint', async () => {
    const leaving = new AbortController()
    const spoken = await speak(goesOn, { signal: leaving.signal, onSound: () => leaving.abort('left') })
    expect(spoken).toMatchObject({ fault: 'left', closed: ['hung up on'] })
    expect((await speak(goesOn, { signal: AbortSignal.abort('gone') })).asked).toEqual([])
  })

  it('and leaves before the first sound does, too', async () => {
    const leaving = new AbortController()
    const spoken = await speak(() => void leaving.abort('left'), { signal: leaving.signal })
    expect(spoken).toMatchObject({ fault: 'left', closed: ['hung up on'] })
  })

  it('and stops in the middle lets go as well', async () => {
    await using server = await openAudioEndpoint(goesOn)
    const voice = speechVoice({ baseUrl: server.baseUrl, apiKey: null, model: 'x', voice: 'y' })
    for await (const _ of voice.synthesize(wish, new AbortController().signal)) break
    expect(await server.asked[0]?.closed).toBe('hung up on')
  })

  it('may be slower than any deadline', async () => {
    const inPieces = async (response: ServerResponse) => {
      await inChunks(response, pcm, 2_000)
      response.end()
    }
    const slow = () => new Promise((resolve) => setTimeout(resolve, 150))
    const spoken = await speak(inPieces, {
      endpoint: { timeouts: { firstMs: 5_000, idleMs: 100, totalMs: 5_000 } },
      onSound: slow,
    })
    expect(spoken).toMatchObject({ samples, fault: undefined })
  })
})
