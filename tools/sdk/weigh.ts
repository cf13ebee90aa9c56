import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'esbuild'
import { bundling } from '../../packages/sdk/build.ts'
import { sizeLimits } from '../bundles/rules.ts'
import type { Finding } from '../finding.ts'

export interface Weight {
  what: string
  file: string
  bytes: number
  limit: number
}

/** What a page or a backend would get of the SDK, in bytes after brotli: the browser entry, and each function with its core. */
export async function weighSdk(root: string): Promise<Weight[]> {
  const sdk = join(root, 'packages/sdk')
  const functions = Object.entries(await import(join(sdk, 'functions/index.ts')))
    .filter(([name, value]) => typeof value === 'function' && /^[a-z]/.test(name))
    .map(async ([name]) => ({
      what: `the function ${name}`,
      file: 'packages/sdk/functions/index.ts',
      bytes: await weigh(sdk, `export { ${name}, ParlorCore } from './functions/index.ts'`),
      limit: sizeLimits.sdkFunction,
    }))
  const browser = weigh(sdk, "export * from './browser/index.ts'").then((bytes) => ({
    what: 'the browser entry',
    file: 'packages/sdk/browser/index.ts',
    bytes,
    limit: sizeLimits.sdkBrowser,
  }))
  return Promise.all([browser, ...functions])
}

export function checkWeights(weights: readonly Weight[]): Finding[] {
  return weights
    .filter(({ bytes, limit }) => bytes > limit)
    .map(({ what, file, bytes, limit }) => ({
      file,
      line: 1,
      what: `${what} is ${bytes} bytes of brotli, the limit is ${limit}`,
      instead: 'import less',
    }))
}

async function weigh(resolveDir: string, contents: string): Promise<number> {
  const { outputFiles } = await build({
    ...bundling,
    stdin: { contents, resolveDir, loader: 'ts' },
    minify: true,
    write: false,
  })
  return brotliCompressSync(outputFiles[0]?.contents ?? new Uint8Array()).length
}
