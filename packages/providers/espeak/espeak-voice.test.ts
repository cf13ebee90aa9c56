import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cutSpeech, type Sound, type SpeechWish, speakable, streamAtRate, writeWav } from '@parlor/conversation/speech'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { espeakVoice, findEspeak } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'parlor-espeak-'))
afterAll(() => rmSync(folder, { recursive: true }))

const wish: SpeechWish = { text: 'Hello there.', language: 'en', gender: 'neutral', voiceName: null }

async function speak(more: Partial<SpeechWish> = {}, voice = espeakVoice(), signal = new AbortController().signal) {
  const sounds: Sound[] = []
  for await (const sound of voice.synthesize({ ...wish, ...more }, signal)) sounds.push(sound)
  const samples = Int16Array.from(sounds.flatMap((sound) => [...sound.samples]))
  return { sounds, samples, seconds: samples.length / (sounds[0]?.rate ?? 1) }
}

/** A program of ours in the voice's place. */
function program(name: string, script: string): string {
  const path = join(folder, name)
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
  return path
}

/** Answers to `--voices` and then does as told. */
const speaker = (name: string, script: string) =>
  program(name, `if [ "$1" = --voices ]; then echo ' 5  en  --/M  English  gmw/en'; exit; fi\n${script}`)

const isInstalled = await findEspeak()
if (!isInstalled) console.log('skipped: the espeak voice, since there is no espeak-ng on this machine')

describe.skipIf(!isInstalled)('espeak-ng', () => {
  it('speaks, with the rate its sound has', async () => {
    const { sounds, seconds, samples } = await speak()
    expect(sounds.every(({ rate }) => rate === 22_050)).toBe(true)
    expect(seconds).toBeGreaterThan(0.5)
    expect(seconds).toBeLessThan(2)
    expect(Math.max(...samples)).toBeGreaterThan(5_000)
  })

  it('speaks an answer sentence by sentence, at the rate of a room', async () => {
    const cutter = cutSpeech()
    const answer =
      'According to *Fares*:\n\n“A ticket costs **3.50** euros.” [1]\n\n```js\nlet a = 1\n```\nSee [the map](https://a.example).'
    const isHeard: boolean[] = []
    for (const segment of [...cutter.take(answer), ...cutter.flush()]) {
      const sound = espeakVoice().synthesize({ ...wish, text: speakable(segment) }, new AbortController().signal)
      let samples = 0
      for await (const piece of streamAtRate(sound, 24_000))
        samples += piece.rate === 24_000 ? piece.samples.length : Number.NaN
      isHeard.push(samples > 12_000)
    }
    expect(isHeard).toEqual([true, true, false, false, true])
  })

  it('gives the first sound before it is done with a long text', async () => {
    const voice = espeakVoice()
    await speak({}, voice)
    const text = 'This is a sentence that goes on for a while. '.repeat(40)
    const begun = performance.now()
    let first = 0
    for await (const _ of voice.synthesize({ ...wish, text }, new AbortController().signal)) {
      first ||= performance.now() - begun
    }
    expect(first).toBeLessThan((performance.now() - begun) / 2)
  })

  it('sounds different as a woman, as a man and in another language', async () => {
    const all = [{}, { gender: 'female' }, { gender: 'male' }, { language: 'de-AT' }] as const
    const spoken = await Promise.all(all.map(async (more) => (await speak(more)).samples.join()))
    expect(new Set(spoken).size).toBe(4)
    expect((await speak({ language: 'xx-unknown', voiceName: '../x' })).samples.join()).toBe(spoken[0])
  })

  it.each(['-w FILE Hello.', '--version', '-f /etc/passwd', '--phonout=FILE', '-v de'])(
    'says %s, and does nothing of it',
    async (words) => {
      const file = join(folder, 'written')
      const { seconds } = await speak({ text: words.replace('FILE', file) })
      expect(seconds).toBeGreaterThan(0.5)
      expect(existsSync(file)).toBe(false)
    },
  )

  it.each([
    ['a tag', 'Hello <break time="30s"/> there.'],
    ['a document', '<speak>Hello <break time="30s"/><audio src="/etc/passwd"/></speak>'],
    ['an entity', 'Hello &lt;break time="30s"/>'],
  ])('takes %s for words', async (_, text) => {
    expect((await speak({ text })).seconds).toBeLessThan(12)
  })

  it('obeys no command and reads no phonemes that are in the text', async () => {
    const seconds = async (text: string) => (await speak({ text })).seconds
    // At 500 words a minute it would be shorter; as sounds of "hello" instead of letters, too.
    expect(await seconds('\u0001500S Hello there friend.')).toBeGreaterThan(await seconds('Hello there friend.'))
    const [letters, hello] = await Promise.all([seconds("[h@l'oU] you"), seconds('hello you')])
    for (const text of ["[[h@l'oU]] you", "[[[h@l'oU]]] you", "[\u0002[h@l'oU]] you"]) {
      expect(await seconds(text)).toBeGreaterThan((letters + hello) / 2)
    }
  })

  it.each(['', ' \n', '…', '!!!', '\u0001'])('says nothing of %j', async (text) => {
    expect((await speak({ text })).sounds).toEqual([])
  })

  it('speaks the beginning of a text without end', async () => {
    const { seconds } = await speak({ text: 'word '.repeat(100_000) })
    expect(seconds).toBeGreaterThan(60)
    expect(seconds).toBeLessThan(300)
  })

  it('stops at once for somebody who leaves', async () => {
    const leaving = new AbortController()
    const spoken: Sound[] = []
    const speaking = async () => {
      for await (const sound of espeakVoice().synthesize({ ...wish, text: 'word '.repeat(400) }, leaving.signal)) {
        spoken.push(sound)
        leaving.abort('left')
      }
    }
    await expect(speaking()).rejects.toBe('left')
    expect(spoken).toHaveLength(1)
    await expect(speak({}, espeakVoice(), AbortSignal.abort('gone'))).rejects.toBe('gone')
  })
})

describe('a program that fails', () => {
  it('is missing where it is missing, and is looked for again', async () => {
    const path = join(folder, 'later')
    const voice = espeakVoice({ program: path })
    await expect(speak({}, voice)).rejects.toMatchObject({ kind: 'missing', name: 'EspeakFault(missing)' })
    expect(await findEspeak(path)).toBe(false)
    speaker('later', 'exit 3')
    expect(await findEspeak(path)).toBe(false)
    await expect(speak({}, voice)).rejects.toMatchObject({ kind: 'broken' })
  })

  it.each([
    ['no sound', 'echo "this is no sound at all, whatever it is"'],
    ['nothing', 'cat > /dev/null'],
    ['an error', 'echo geheim >&2; exit 1'],
  ])('with %s is broken', async (name, script) => {
    const fault = await speak({}, espeakVoice({ program: speaker(name.replace(' ', '-'), script) })).catch(
      (error) => error,
    )
    expect(fault).toMatchObject({ kind: 'broken' })
    expect(String(fault.stack)).not.toContain('geheim')
  })

  it.each(['late', 'left'])('by hanging is killed (%s)', async (way) => {
    const pids = join(folder, `pid-${way}`)
    const hanging = speaker(`hanging-${way}`, `echo $$ > ${pids}\nexec sleep 60`)
    const leaving = new AbortController()
    const voice = espeakVoice({ program: hanging, timeoutMs: way === 'late' ? 300 : 30_000 })
    const spoken = speak({}, voice, leaving.signal).catch((error: unknown) => error)
    await vi.waitUntil(() => existsSync(pids) && readFileSync(pids, 'utf8') !== '')
    if (way === 'left') leaving.abort('left')
    const fault = await spoken
    if (way === 'left') expect(fault).toBe('left')
    else expect(fault).toMatchObject({ kind: 'late' })
    expect(() => process.kill(Number(readFileSync(pids, 'utf8')), 0)).toThrow('ESRCH')
  })

  it('is not late because whoever listens takes longer', async () => {
    const [pids, file] = [join(folder, 'pid-fast'), join(folder, 'fast.wav')]
    writeFileSync(file, writeWav({ samples: new Int16Array(200_000), rate: 22_050 }))
    const fast = espeakVoice({ program: speaker('fast', `echo $$ > ${pids}\nexec cat ${file}`), timeoutMs: 10_000 })
    const sounds = fast.synthesize(wish, new AbortController().signal)[Symbol.asyncIterator]()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      let heard = (await sounds.next()).value.samples.length
      const isGone = () => spawnSync('kill', ['-0', readFileSync(pids, 'utf8').trim()]).status !== 0
      while (!isGone()) await new Promise((resolve) => setImmediate(resolve))
      for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
      await vi.advanceTimersByTimeAsync(60_000)
      for (let next = await sounds.next(); !next.done; next = await sounds.next()) heard += next.value.samples.length
      expect(heard).toBe(200_000)
    } finally {
      vi.useRealTimers()
    }
  })

  it('is told nothing of our settings', async () => {
    const told = join(folder, 'told')
    vi.stubEnv('PARLOR_SECRET', 'geheim')
    const voice = espeakVoice({ program: speaker('curious', `echo "$@" > ${told}\nenv >> ${told}`) })
    await expect(speak({ text: 'my words', gender: 'female' }, voice)).rejects.toMatchObject({ kind: 'broken' })
    vi.unstubAllEnvs()
    expect(readFileSync(told, 'utf8')).toMatch(/^--stdin --stdout -b 1 -v gmw\/en\+f3\n/)
    expect(readFileSync(told, 'utf8')).not.toMatch(/geheim|my words/)
  })
})
