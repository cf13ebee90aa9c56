import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { WordTable, WordVectors } from '@parlor/conversation/knowledge'
import { readWords } from './word-file.ts'

/**
 * Vectors of English words from a file that comes with Parlor, 1.7 MiB; see `NOTICE.md` for where they are from. Where the file
 * is missing or broken, `open` gives null, once `onFault` has been told.
 */
export function englishWordVectors(options: { file?: string; onFault?: (error: unknown) => void } = {}): WordVectors {
  const { file = join(import.meta.dirname, 'english-words.bin'), onFault = () => {} } = options
  let opening: Promise<WordTable | null> | undefined
  const open = async () => {
    try {
      return readWords(await readFile(file))
    } catch (error) {
      onFault(error)
      return null
    }
  }
  return {
    open: () => {
      opening ??= open()
      return opening
    },
  }
}
