import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseConfig } from './config.ts'
import { storeFileIn } from './data-dir.ts'
import { readEnvironment } from './env.ts'
import { ConfigError } from './parse-value.ts'
import { loadSecret } from './secret-file.ts'

const parse = (settings: Record<string, string>) => parseConfig(readEnvironment(settings))

describe('settings', () => {
  it('have defaults that start a server for this machine alone', () => {
    const config = parse({})
    expect(config.listen).toEqual({ host: '127.0.0.1', port: 3001, trustProxy: null })
    expect(config.publicUrl.origin).toBe('http://127.0.0.1:3001')
    expect(config.demo).toBeNull()
    expect(config.limits.rate).toEqual({ limit: 100, windowSeconds: 60 })
  })

  it('that are empty count as unset, as compose files make them', () => {
    expect(parse({ PORT: '', PARLOR_SECRET: ' ' })).toEqual(parse({}))
  })

  it('put the demo on the next port unless told otherwise', () => {
    expect(parse({ PARLOR_DEMO: 'on', PORT: '4000' }).demo).toEqual({ port: 4001 })
    expect(parse({ PARLOR_DEMO: 'on', PARLOR_DEMO_PORT: '5000' }).demo).toEqual({ port: 5000 })
  })

  it.each([
    ['PORT', 'http'],
    ['PORT', '70000'],
    ['PARLOR_PUBLIC_URL', 'parlor.example'],
    ['PARLOR_PUBLIC_URL', 'https://parlor.example/path'],
    ['PARLOR_PUBLIC_URL', 'https://user:pass@parlor.example'],
    ['PARLOR_SECRET', 'short'],
    ['PARLOR_BOOTSTRAP_KEY', 'x'.repeat(31)],
    ['PARLOR_BOOTSTRAP_CLIENT_KEY', 'x'.repeat(31)],
    ['PARLOR_DEMO', 'maybe'],
    ['LIVEKIT_URL', 'media.example'],
    ['LIVEKIT_URL', 'wss://key:secret@media.example'],
    ['PARLOR_MAX_ROOMS', '0'],
    ['PARLOR_RATE_LIMIT', '100'],
    ['PARLOR_RATE_LIMIT', '0/60s'],
    ['PARLOR_LIMIT_MESSAGES', '0'],
    ['PARLOR_LIMIT_TOKENS', 'many'],
    ['PARLOR_LOG_LEVEL', 'loud'],
    ['PARLOR_ALLOW_PRIVATE_HOSTS', 'wiki.internal'],
    ['PARLOR_ALLOW_PRIVATE_HOSTS', 'http://wiki.internal:80'],
    ['PARLOR_ALLOW_PRIVATE_HOSTS', 'a:80,user@b:80'],
  ])('%s=%s stops the start with one sentence that names it', (name, value) => {
    expect(() => parse({ [name]: value })).toThrow(ConfigError)
    expect(() => parse({ [name]: value })).toThrow(new RegExp(`^${name} [^\n]*\\.$`))
  })

  it('never publish the secret key', () => {
    const same = { PARLOR_BOOTSTRAP_KEY: 'x'.repeat(32), PARLOR_BOOTSTRAP_CLIENT_KEY: 'x'.repeat(32) }
    expect(() => parse(same)).toThrow(/^PARLOR_BOOTSTRAP_CLIENT_KEY is the same/)
    expect(parse({ ...same, PARLOR_BOOTSTRAP_CLIENT_KEY: 'y'.repeat(32) })).toMatchObject({
      bootstrapKey: 'x'.repeat(32),
      bootstrapClientKey: 'y'.repeat(32),
    })
  })

  it('name the hosts inside the network that may be read, as a URL writes them', () => {
    expect(parse({}).allowedPrivateHosts).toEqual(new Set())
    const hosts = parse({ PARLOR_ALLOW_PRIVATE_HOSTS: 'Wiki.Internal:80, 127.1:8080,[::1]:443,' }).allowedPrivateHosts
    expect([...hosts]).toEqual(['wiki.internal:80', '127.0.0.1:8080', '[::1]:443'])
  })

  it('need a public address where the server listens on every address', () => {
    expect(() => parse({ HOST: '0.0.0.0' })).toThrow(/PARLOR_PUBLIC_URL/)
    expect(parse({ HOST: '0.0.0.0', PARLOR_PUBLIC_URL: 'https://parlor.example' }).publicUrl.origin).toBe(
      'https://parlor.example',
    )
  })
})

describe('the model’s endpoint', () => {
  const llm = { PARLOR_LLM_BASE_URL: 'http://127.0.0.1:11434/v1/', PARLOR_LLM_MODEL: 'house-model' }

  it('is off unless it is set, and then known by its address, key and default model', () => {
    expect(parse({}).llm).toBeNull()
    expect(parse(llm).llm).toEqual({ baseUrl: 'http://127.0.0.1:11434/v1', apiKey: null, model: 'house-model' })
    expect(parse({ ...llm, PARLOR_LLM_API_KEY: 'k' }).llm?.apiKey).toBe('k')
  })

  it.each([
    ['PARLOR_LLM_BASE_URL', { ...llm, PARLOR_LLM_BASE_URL: 'llm.example' }],
    ['PARLOR_LLM_BASE_URL', { ...llm, PARLOR_LLM_BASE_URL: 'ftp://llm.example/v1' }],
    ['PARLOR_LLM_BASE_URL', { ...llm, PARLOR_LLM_BASE_URL: 'https://user:geheim@llm.example/v1' }],
    ['PARLOR_LLM_BASE_URL', { ...llm, PARLOR_LLM_BASE_URL: 'https://llm.example/v1?key=geheim' }],
    ['PARLOR_LLM_BASE_URL', { PARLOR_LLM_API_KEY: 'geheim' }],
    ['PARLOR_LLM_BASE_URL', { PARLOR_LLM_MODEL: 'house-model' }],
    ['PARLOR_LLM_MODEL', { PARLOR_LLM_BASE_URL: llm.PARLOR_LLM_BASE_URL }],
    ['PARLOR_LLM_MODEL', { ...llm, PARLOR_LLM_MODEL: 'extractive' }],
    ['PARLOR_LLM_MODEL', { ...llm, PARLOR_LLM_MODEL: 'default' }],
    ['PARLOR_LLM_API_KEY', { ...llm, PARLOR_LLM_API_KEY: 'geheim\nX-Other: geheim' }],
  ])('stops the start with one sentence that names %s and gives no secret away: %j', (name, settings) => {
    expect(() => parse(settings)).toThrow(ConfigError)
    expect(() => parse(settings)).toThrow(new RegExp(`^${name} [^\n]*\\.$`))
    expect(() => parse(settings)).not.toThrow(/geheim/)
  })
})

describe('the installation’s secret', () => {
  it('is made once, readable to its owner alone, and found again', () => {
    const folder = mkdtempSync(join(tmpdir(), 'parlor-secret-'))
    const dataDir = join(folder, 'data')
    const first = loadSecret(dataDir, null)
    expect(statSync(dataDir).mode & 0o777).toBe(0o700)
    expect(first.secret).toMatch(/^[0-9a-f]{64}$/)
    expect(first.madeFile).toBe(join(dataDir, 'secret'))
    expect(statSync(join(dataDir, 'secret')).mode & 0o777).toBe(0o600)
    expect(loadSecret(dataDir, null)).toEqual({ secret: first.secret, madeFile: null })
    expect(loadSecret(dataDir, 'configured')).toEqual({ secret: 'configured', madeFile: null })
    expect(readFileSync(join(dataDir, 'secret'), 'utf8').trim()).toBe(first.secret)
    rmSync(folder, { recursive: true })
  })

  it('that is gone from beside its store is not replaced by one that opens nothing', () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'parlor-secret-'))
    writeFileSync(storeFileIn(dataDir), 'a store')
    expect(() => loadSecret(dataDir, null)).toThrow(/secret is gone: restore it/)
    expect(readdirSync(dataDir)).toEqual(['parlor.sqlite'])
    rmSync(dataDir, { recursive: true })
  })

  it('has no place where the data directory cannot be made, and the sentence says so', () => {
    const folder = mkdtempSync(join(tmpdir(), 'parlor-secret-'))
    const file = join(folder, 'a-file')
    writeFileSync(file, '')
    expect(() => loadSecret(file, null)).toThrow(/^PARLOR_DATA_DIR is ".*": it cannot be made \(EEXIST\); /)
    rmSync(folder, { recursive: true })
  })

  it('that was cut short is not replaced: what it sealed would be lost', () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'parlor-secret-'))
    writeFileSync(join(dataDir, 'secret'), '')
    expect(() => loadSecret(dataDir, null)).toThrow(/restore/)
    rmSync(dataDir, { recursive: true })
  })
})
