import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { bundling } from '../build.ts'

async function weigh(contents: string): Promise<number> {
  const stdin = { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)), loader: 'ts' } as const
  const { outputFiles } = await build({ ...bundling, stdin, minify: true, write: false })
  return brotliCompressSync(outputFiles[0]?.contents ?? '').byteLength
}

const create = "export { chatSessionsCreate } from './funcs/chatSessionsCreate.ts'\n"
const revoke = "export { chatSessionsRevoke } from './funcs/chatSessionsRevoke.ts'\n"
const core = "export { GramCore } from './core.ts'\n"

test('one standalone function weighs at most 2.5 KiB, and the other next to nothing more', async () => {
  const [one, two] = [await weigh(create), await weigh(create + revoke)]
  expect(one).toBeGreaterThan(500)
  expect(one).toBeLessThanOrEqual(2560)
  expect(two - one).toBeLessThan(200)
})

test('with the client it is called with, it weighs at most 3.5 KiB', async () => {
  expect(await weigh(core + create)).toBeLessThanOrEqual(3584)
})
