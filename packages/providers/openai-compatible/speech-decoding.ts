import { readPcm, readWav, type Sound } from '@parlor/conversation/speech'

/** What an endpoint is asked for: bare samples, which can be heard as they come, or a file that says how they lie. */
export type SpeechFormat = 'pcm' | 'wav'

/** OpenAI's rate of `pcm`; other servers keep to it. */
const usualRate = 24_000
const [lowestRate, highestRate] = [4_000, 192_000]
/** How files in another format begin: MP3, Ogg, FLAC, JSON, HTML. */
const otherBeginnings = [/^ID3/, /^OggS/, /^fLaC/, /^\{\s*"/, /^<[!a-z]/i]

/** Reads sound out of an answer of the type it claims; what was asked for is not always what comes. @throws Error where it is no sound. */
export async function* decodeSpeech(
  pieces: AsyncIterable<Uint8Array>,
  asked: SpeechFormat,
  contentType: string,
): AsyncGenerator<Sound> {
  if (/json|text|html/i.test(contentType)) throw new Error('no sound')
  const source = pieces[Symbol.asyncIterator]()
  try {
    const head = await readHead(source)
    const all = behind(head, source)
    const beginning = String.fromCharCode(...head.subarray(0, 4))
    if (beginning === 'RIFF') return yield* readWav(all)
    if (asked === 'wav' || isOther(head, beginning, contentType)) throw new Error('another format')
    yield* readPcm(all, { rate: rateIn(contentType), channels: 1 })
  } finally {
    await source.return?.()
  }
}

/** Bare samples may begin with any bytes, so that those of an MP3 count only where the answer says it is one. */
function isOther(head: Uint8Array, beginning: string, contentType: string): boolean {
  if (otherBeginnings.some((each) => each.test(beginning))) return true
  const [first = 0, second = 0] = head
  return /mpeg|mp3|aac/i.test(contentType) && first === 0xff && (second & 0xe0) === 0xe0
}

/** `audio/pcm; rate=16000`. */
function rateIn(contentType: string): number {
  const rate = Number(/\brate=(\d{4,6})\b/i.exec(contentType)?.[1] ?? usualRate)
  if (rate < lowestRate || rate > highestRate) throw new Error('no rate of sound')
  return rate
}

/** At least four bytes, unless there are fewer. */
async function readHead(source: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let head = new Uint8Array(0)
  while (head.length < 4) {
    const { done, value } = await source.next()
    if (done) break
    head = new Uint8Array([...head, ...value])
  }
  return head
}

async function* behind(head: Uint8Array, source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head
  for (;;) {
    const { done, value } = await source.next()
    if (done) return
    yield value
  }
}
