import { describe, expect, it } from 'vitest'
import { type EmbeddingsSettings, parseEmbeddings } from './embeddings-endpoint.ts'
import { ConfigError } from './parse-value.ts'

const nothing: EmbeddingsSettings = {
  PARLOR_EMBEDDINGS_BASE_URL: undefined,
  PARLOR_EMBEDDINGS_API_KEY: undefined,
  PARLOR_EMBEDDINGS_MODEL: undefined,
}
const parse = (settings: Partial<EmbeddingsSettings>) => parseEmbeddings({ ...nothing, ...settings })
const at = 'http://127.0.0.1:8000/v1'

describe('the endpoint for embeddings', () => {
  it('is none where nothing is set', () => {
    expect(parse({})).toBeNull()
  })

  it('is known by its address, its model and its key, if it wants one', () => {
    const settings = { PARLOR_EMBEDDINGS_BASE_URL: `${at}/`, PARLOR_EMBEDDINGS_MODEL: 'bge-m3' }
    expect(parse(settings)).toEqual({ baseUrl: at, apiKey: null, model: 'bge-m3' })
    expect(parse({ ...settings, PARLOR_EMBEDDINGS_API_KEY: 'k' })).toEqual({
      baseUrl: at,
      apiKey: 'k',
      model: 'bge-m3',
    })
  })

  it.each<[string, Partial<EmbeddingsSettings>]>([
    ['BASE_URL', { PARLOR_EMBEDDINGS_MODEL: 'bge-m3' }],
    ['BASE_URL', { PARLOR_EMBEDDINGS_API_KEY: 'geheim' }],
    ['BASE_URL', { PARLOR_EMBEDDINGS_BASE_URL: 'localhost:8000', PARLOR_EMBEDDINGS_MODEL: 'x' }],
    ['BASE_URL', { PARLOR_EMBEDDINGS_BASE_URL: 'https://geheim@a.example', PARLOR_EMBEDDINGS_MODEL: 'x' }],
    ['BASE_URL', { PARLOR_EMBEDDINGS_BASE_URL: `${at}?key=geheim`, PARLOR_EMBEDDINGS_MODEL: 'x' }],
    ['MODEL', { PARLOR_EMBEDDINGS_BASE_URL: at }],
    [
      'API_KEY',
      {
        PARLOR_EMBEDDINGS_BASE_URL: at,
        PARLOR_EMBEDDINGS_MODEL: 'x',
        PARLOR_EMBEDDINGS_API_KEY: 'geheim\nX-Other: geheim',
      },
    ],
  ])(
    'without a usable PARLOR_EMBEDDINGS_%s stops the start with one sentence that holds no secret',
    (name, settings) => {
      expect(() => parse(settings)).toThrow(ConfigError)
      expect(() => parse(settings)).toThrow(new RegExp(`^PARLOR_EMBEDDINGS_${name} [^\n]*\\.$`))
      expect(() => parse(settings)).not.toThrow(/geheim/)
    },
  )
})
