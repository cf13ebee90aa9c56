import { inspect } from 'node:util'
import { readWav, type Sound } from '@parlor/conversation/speech'
import { describe, expect, it } from 'vitest'
import { type AudioAct, formIn, openAudioEndpoint } from './testing/open-audio-endpoint.ts'
import { type TranscriptionEndpoint, transcriptionEars } from './transcription-ears.ts'

const tone = (rate: number, seconds: number): Sound => ({
  samples: Int16Array.from({ length: rate * seconds }, (_, i) => 9_000 * Math.sin((2 * Math.PI * 440 * i) / rate)),
  rate,
})

const say =
  (body: string, status = 200): AudioAct =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(body)

interface Asking {
  sound?: Sound
  language?: string | null
  signal?: AbortSignal
  endpoint?: Partial<TranscriptionEndpoint>
}

async function listen(act: AudioAct, { sound = tone(16_000, 1), language = null, signal, endpoint }: Asking = {}) {
  await using server = await openAudioEndpoint(act)
  const ears = transcriptionEars({ baseUrl: server.baseUrl, apiKey: 'geheim', model: 'whisper-1', ...endpoint })
  let [text, fault]: [string | undefined, unknown] = [undefined, undefined]
  try {
    text = await ears.transcribe(sound, language, signal ?? new AbortController().signal)
  } catch (error) {
    fault = error
  }
  const closed = await Promise.all(server.asked.map((each) => each.closed))
  return { text, fault, asked: server.asked, forms: await Promise.all(server.asked.map(formIn)), closed }
}

async function readFile(form: FormData | undefined): Promise<Sound & { name: string; type: string }> {
  const file = form?.get('file')
  if (!(file instanceof File)) throw new Error('no file')
  const samples: number[] = []
  let rate = 0
  for await (const sound of readWav(file.stream())) {
    for (const sample of sound.samples) samples.push(sample)
    rate = sound.rate
  }
  return { samples: Int16Array.from(samples), rate, name: file.name, type: file.type }
}

describe('an endpoint that listens', () => {
  it('gets a WAV of 16,000 samples a second, and is asked for plain JSON', async () => {
    const sound = tone(16_000, 1)
    const { text, asked, forms } = await listen(say('{"text":" How much is it? "}'), { sound, language: 'de-AT' })
    expect(text).toBe('How much is it?')
    expect(asked[0]).toMatchObject({ path: '/v1/audio/transcriptions', headers: { authorization: 'Bearer geheim' } })
    expect(asked[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/)
    const fields = [...(forms[0] ?? [])].filter(([name]) => name !== 'file')
    expect(fields).toEqual([
      ['model', 'whisper-1'],
      ['response_format', 'json'],
      ['language', 'de'],
    ])
    expect(await readFile(forms[0])).toEqual({ ...sound, name: 'utterance.wav', type: 'audio/wav' })
  })

  it('gets sound of any rate at its own, and of a long one the beginning', async () => {
    const { forms } = await listen(say('{"text":"x"}'), { sound: tone(24_000, 2) })
    expect(await readFile(forms[0])).toMatchObject({ rate: 16_000, samples: { length: 32_000 } })
    const long = await listen(say('{"text":"x"}'), { sound: { samples: new Int16Array(16_000 * 200), rate: 16_000 } })
    expect((await readFile(long.forms[0])).samples).toHaveLength(16_000 * 120)
  })

  it('is told the language of its endpoint where nobody says which one is spoken', async () => {
    const of = async (language: string | null) =>
      (await listen(say('{"text":"x"}'), { language, endpoint: { language: 'fr' } })).forms[0]?.get('language')
    expect([await of(null), await of('de')]).toEqual(['fr', 'de'])
  })

  it.each([null, 'yue', 'cmn-Hans', '', 'x', '12'])('is told no language it has no code for: %j', async (language) => {
    const { forms, asked } = await listen(say('{"text":"x"}'), { language, endpoint: { apiKey: null } })
    expect(forms[0]?.has('language')).toBe(false)
    expect(asked[0]?.headers).not.toHaveProperty('authorization')
  })

  it('needs to send nothing but a text', async () => {
    const more = '{"text":"Yes.","segments":[{"id":"x"}],"duration":"long","language":null}'
    expect((await listen(say(more))).text).toBe('Yes.')
    expect((await listen(say(JSON.stringify({ text: 'x'.repeat(9_999) })))).text).toHaveLength(4_096)
  })

  it.each(['', ' ', '[BLANK_AUDIO]', '(music playing)', '*sighs*', '♪', '♪ la la ♪'])(
    'and writes %j heard nothing said',
    async (text) => {
      expect((await listen(say(JSON.stringify({ text })))).text).toBe('')
    },
  )

  it('but words with brackets are words', async () => {
    expect((await listen(say('{"text":"(Well) yes [laughs]"}'))).text).toBe('(Well) yes [laughs]')
  })

  it('is asked nothing about what is no word', async () => {
    expect(await listen(say('{"text":"Thank you."}'), { sound: tone(16_000, 0.09) })).toMatchObject({
      text: '',
      asked: [],
    })
  })

  it('is asked again, with the sound, when it was busy', async () => {
    let isBusy = true
    const { text, forms } = await listen((response, asked) => {
      if (!isBusy) return say('{"text":"At last."}')(response, asked)
      isBusy = false
      return response.writeHead(503, { 'retry-after': '0' }).end()
    })
    expect(text).toBe('At last.')
    expect((await readFile(forms[1])).samples).toHaveLength(16_000)
  })
})

describe('an endpoint that does not listen', () => {
  it.each<[string, AudioAct, string]>([
    ['refuses', say('{"error":"geheim"}', 400), 'refused'],
    ['sends elsewhere', (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(), 'refused'],
    ['never answers', () => {}, 'late'],
    ['never ends', (response) => response.writeHead(200).write('{"text":'), 'late'],
    [
      'breaks off',
      (response) => response.writeHead(200, { 'content-length': 99 }).write('{', () => response.destroy()),
      'broken',
    ],
    ['sends no JSON', say('geheim'), 'broken'],
    ['sends no text', say('{"segments":[]}'), 'broken'],
    ['sends a text that is none', say('{"text":["geheim"]}'), 'broken'],
    ['sends a list', say('[]'), 'broken'],
    ['sends nothing', say('null'), 'broken'],
    ['sends a book', say(JSON.stringify({ text: 'x'.repeat(9 * 1024 * 1024) })), 'endless'],
  ])('(it %s) is a fault that holds nothing it sent', async (_, act, kind) => {
    const { fault, closed } = await listen(act, { endpoint: { timeoutMs: kind === 'late' ? 300 : 30_000 } })
    expect(fault).toMatchObject({ kind, part: 'transcription', name: `SpeechFault(transcription, ${kind})` })
    expect(inspect(fault, { depth: 9, showHidden: true })).not.toContain('geheim')
    expect(closed).toHaveLength(1)
  })

  it('is let go of when whoever spoke leaves', async () => {
    const leaving = new AbortController()
    const left = await listen(() => void leaving.abort('left'), { signal: leaving.signal })
    expect(left).toMatchObject({ fault: 'left', closed: ['hung up on'] })
    const gone = await listen(say('{"text":"x"}'), { signal: AbortSignal.abort('gone') })
    expect(gone).toMatchObject({ fault: 'gone', asked: [] })
  })
})
