import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire, stripTypeScriptTypes } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type House, openHouse } from '@parlor/server/admission/house.ts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

const page = readFileSync(new URL('../../../docs/moving-from-gram.md', import.meta.url), 'utf8')
const blocks = [...page.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = '']) => code)
const resolve = createRequire(import.meta.url).resolve
const folder = mkdtempSync(join(tmpdir(), 'parlor-moving-'))

let house: House
beforeAll(async () => {
  house = await openHouse()
  vi.stubEnv('GRAM_API_URL', await house.composed.app.listen({ host: '127.0.0.1', port: 0 }))
  vi.stubEnv('GRAM_API_KEY', await house.makeKey(house.mine, { scopes: ['chat'] }))
  vi.stubEnv('GRAM_PROJECT', undefined)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
  await house.close()
})

test.each(blocks.map((code, index) => [index + 1, code] as const))(
  'block %i of the page runs as it stands there',
  async (index, code) => {
    const said = vi.spyOn(console, 'log').mockImplementation(() => {})
    const file = join(folder, `block-${index}.mjs`)
    const here = code.replace(/'(@parlor\/sdk[^']*)'/g, (_, name) => `'${pathToFileURL(resolve(name))}'`)
    writeFileSync(file, stripTypeScriptTypes(here))
    await import(/* @vite-ignore */ pathToFileURL(file).href)
    // Nothing that went wrong is said.
    for (const [word] of said.mock.calls) expect(word).toBe(3600)
    said.mockRestore()
  },
)

test('every import the page names is there', () => {
  const names = [...page.matchAll(/@parlor\/sdk\/[\w/.-]+/g)].map(([name]) => name)
  expect(names.length).toBeGreaterThan(8)
  expect(names.filter((name) => !resolve(name))).toEqual([])
})
