import type { Sound } from '../speech/index.ts'

export type Prefetched = AsyncIterable<Sound>

/**
 * Reads sound as fast as it is made, to be heard later without a gap. Resolves with the first of it; null for none.
 * @throws what the maker threw before any sound; what it throws later ends the sound.
 */
export async function prefetch(made: AsyncIterable<Sound>): Promise<Prefetched | null> {
  const sounds: Sound[] = []
  const first = Promise.withResolvers<void>()
  let news = Promise.withResolvers<void>()
  let isOver = false
  const tell = () => {
    news.resolve()
    news = Promise.withResolvers()
  }
  const read = async () => {
    try {
      for await (const sound of made) {
        sounds.push(sound)
        first.resolve()
        tell()
      }
      first.resolve()
    } catch (error) {
      first.reject(error)
    } finally {
      isOver = true
      tell()
    }
  }
  void read()
  await first.promise
  if (sounds.length === 0) return null
  return {
    async *[Symbol.asyncIterator]() {
      for (let at = 0; ; at += 1) {
        while (at >= sounds.length && !isOver) await news.promise
        const sound = sounds[at]
        if (sound === undefined) return
        yield sound
      }
    },
  }
}
