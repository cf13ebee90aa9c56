import { expect } from 'vitest'
import type { ContractCase } from './contract-case.ts'
import { avatar } from './part-samples.ts'
import { brokenTexts, hostileTexts } from './samples.ts'

const everyByte = Uint8Array.from({ length: 256 }, (_, value) => value)
/** As large as the largest a customer may give. */
const large = new Uint8Array(5 * 1024 * 1024).map((_, index) => (index * 31) ^ (index >> 8))

export const pictureCases: readonly ContractCase[] = [
  {
    name: 'a picture comes back byte by byte with its type, and only the last one put is kept',
    run: async ({ stores: { agents } }) => {
      const { pictures } = agents
      const first = { type: 'image/png', bytes: everyByte }
      const last = { type: 'image/webp', bytes: Uint8Array.of(0, 255, 0) }
      expect(await pictures.findPicture('ada')).toBeNull()
      await pictures.putPicture('ada', first)
      expect(await pictures.findPicture('ada')).toEqual(first)
      await pictures.putPicture('bob', { type: 'image/png', bytes: new Uint8Array() })
      await pictures.putPicture('ada', last)
      expect(await pictures.findPicture('ada')).toEqual(last)
      expect(await pictures.findPicture('bob')).toEqual({ type: 'image/png', bytes: new Uint8Array() })
      for (const text of [...hostileTexts, ...brokenTexts]) expect(await pictures.findPicture(text)).toBeNull()
    },
  },
  {
    name: 'a large picture is kept whole, and the avatar it is of is as it was',
    run: async ({ stores: { agents } }) => {
      const item = avatar('mine')
      await agents.avatars.insert(item)
      await agents.pictures.putPicture(item.id, { type: 'image/jpeg', bytes: large })
      const found = await agents.pictures.findPicture(item.id)
      expect([found?.type, Buffer.compare(found?.bytes ?? everyByte, large)]).toEqual(['image/jpeg', 0])
      expect(await agents.avatars.find(item.id)).toEqual(item)
    },
  },
]
