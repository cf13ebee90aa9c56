import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import { environment } from '../environment.ts'

/** The full path of a program, given as a path or a name on PATH, that answers to `asks`; a stub that only names a package to install does not. */
export function findProgram(name: string, asks: readonly string[] = ['--version']): string | undefined {
  const candidates = isAbsolute(name)
    ? [name]
    : environment
        .searchPath()
        .split(delimiter)
        .map((folder) => join(folder, name))
  return candidates.find((file) => isExecutable(file) && spawnSync(file, asks, { timeout: 20_000 }).status === 0)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
