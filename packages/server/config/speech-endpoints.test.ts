import { describe, expect, it } from 'vitest'
import { ConfigError } from './parse-value.ts'
import { parseSpeech, type SpeechSettings } from './speech-endpoints.ts'

const nothing: SpeechSettings = {
  PARLOR_TTS_BASE_URL: undefined,
  PARLOR_TTS_API_KEY: undefined,
  PARLOR_TTS_MODEL: undefined,
  PARLOR_TTS_VOICE: undefined,
  PARLOR_STT_BASE_URL: undefined,
  PARLOR_STT_API_KEY: undefined,
  PARLOR_STT_MODEL: undefined,
  PARLOR_STT_LANGUAGE: undefined,
}
const parse = (settings: Partial<SpeechSettings>) => parseSpeech({ ...nothing, ...settings })
const at = 'http://127.0.0.1:8000/v1'

describe('voice and ears', () => {
  it('are none where nothing is set', () => {
    expect(parse({})).toEqual({ voice: null, ears: null })
  })

  it('are two endpoints that know nothing of each other', () => {
    expect(
      parse({
        PARLOR_TTS_BASE_URL: `${at}/`,
        PARLOR_TTS_MODEL: 'kokoro',
        PARLOR_TTS_API_KEY: 'k',
        PARLOR_TTS_VOICE: 'af_sky',
      }),
    ).toEqual({ voice: { baseUrl: at, apiKey: 'k', model: 'kokoro', voice: 'af_sky' }, ears: null })
    expect(parse({ PARLOR_STT_BASE_URL: at, PARLOR_STT_MODEL: 'whisper-1' })).toEqual({
      voice: null,
      ears: { baseUrl: at, apiKey: null, model: 'whisper-1', language: null },
    })
    const german = { PARLOR_STT_BASE_URL: at, PARLOR_STT_MODEL: 'whisper-1', PARLOR_STT_LANGUAGE: 'de' }
    expect(parse(german).ears?.language).toBe('de')
  })

  it('speak with the voice every endpoint has, where none is named', () => {
    expect(parse({ PARLOR_TTS_BASE_URL: at, PARLOR_TTS_MODEL: 'tts-1' }).voice?.voice).toBe('alloy')
  })

  it.each<[string, Partial<SpeechSettings>]>([
    ['PARLOR_TTS_BASE_URL', { PARLOR_TTS_MODEL: 'tts-1' }],
    ['PARLOR_TTS_BASE_URL', { PARLOR_TTS_API_KEY: 'geheim' }],
    ['PARLOR_TTS_BASE_URL', { PARLOR_TTS_VOICE: 'alloy' }],
    ['PARLOR_TTS_BASE_URL', { PARLOR_TTS_BASE_URL: 'localhost:8000', PARLOR_TTS_MODEL: 'x' }],
    ['PARLOR_TTS_BASE_URL', { PARLOR_TTS_BASE_URL: 'https://geheim@a.example', PARLOR_TTS_MODEL: 'x' }],
    ['PARLOR_TTS_BASE_URL', { PARLOR_TTS_BASE_URL: `${at}?key=geheim`, PARLOR_TTS_MODEL: 'x' }],
    ['PARLOR_TTS_MODEL', { PARLOR_TTS_BASE_URL: at }],
    ['PARLOR_TTS_API_KEY', { PARLOR_TTS_BASE_URL: at, PARLOR_TTS_MODEL: 'x', PARLOR_TTS_API_KEY: 'geheim geheim' }],
    ['PARLOR_STT_BASE_URL', { PARLOR_STT_MODEL: 'whisper-1' }],
    ['PARLOR_STT_BASE_URL', { PARLOR_STT_BASE_URL: 'ftp://a.example', PARLOR_STT_MODEL: 'x' }],
    ['PARLOR_STT_MODEL', { PARLOR_STT_BASE_URL: at }],
    ['PARLOR_STT_BASE_URL', { PARLOR_STT_LANGUAGE: 'de' }],
    ['PARLOR_STT_LANGUAGE', { PARLOR_STT_BASE_URL: at, PARLOR_STT_MODEL: 'x', PARLOR_STT_LANGUAGE: 'geheim' }],
    ['PARLOR_STT_API_KEY', { PARLOR_STT_BASE_URL: at, PARLOR_STT_MODEL: 'x', PARLOR_STT_API_KEY: 'geheim\n' }],
  ])('without a usable %s stop the start with one sentence that holds no secret', (name, settings) => {
    expect(() => parse(settings)).toThrow(ConfigError)
    expect(() => parse(settings)).toThrow(new RegExp(`^${name} [^\n]*\\.$`))
    expect(() => parse(settings)).not.toThrow(/geheim/)
  })
})
