import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transform } from 'esbuild'
import { buildSdk } from '../../packages/sdk/build.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A project of its own that has the built package installed, beside what a React project has. */
export interface Workspace {
  /** Writes a file and returns where it is. */
  write(name: string, code: string): string
  /** What the compiler says of all files; empty when it says nothing. */
  check(): string
  /** Runs a file with the Node that runs the tests, as JavaScript; its variables are these alone. */
  run(file: string, env: Record<string, string>): Promise<{ code: number; stdout: string; stderr: string }>
  remove(): void
}

const beside = [
  'react',
  '@tanstack/react-query',
  '@tanstack/query-core',
  '@types/node',
  '@types/react',
  'csstype',
  'undici-types',
]

/** Builds the package into a project of its own, where no other test replaces it. @throws Error with the compiler's words. */
export async function openWorkspace(): Promise<Workspace> {
  const folder = mkdtempSync(join(tmpdir(), 'parlor-sdk-'))
  const install = (name: string, from: string) => {
    const place = join(folder, 'node_modules', name)
    mkdirSync(dirname(place), { recursive: true })
    symlinkSync(from, place)
  }
  for (const name of beside) install(name, join(root, 'node_modules', name))
  await buildSdk(join(folder, 'node_modules/@parlor/sdk'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module","private":true}')
  const compilerOptions = {
    strict: true,
    target: 'es2022',
    module: 'nodenext',
    jsx: 'react-jsx',
    noEmit: true,
    preserveSymlinks: true,
    types: ['node', 'react'],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts', '*.tsx'] }))
  return {
    write: (name, code) => {
      writeFileSync(join(folder, name), code)
      return join(folder, name)
    },
    check: () => {
      try {
        execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], { stdio: 'pipe' })
        return ''
      } catch (error) {
        return String((error as { stdout?: Buffer }).stdout ?? error)
      }
    },
    run: async (file, env) => {
      const { code } = await transform(readFileSync(file, 'utf8'), {
        loader: file.endsWith('x') ? 'tsx' : 'ts',
        format: 'esm',
        jsx: 'automatic',
      })
      const script = `${file}.mjs`
      writeFileSync(script, code)
      return new Promise((resolve) => {
        execFile(
          process.execPath,
          ['--preserve-symlinks', script],
          { env, timeout: 30_000 },
          (error, stdout, stderr) => {
            resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr })
          },
        )
      })
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
