import { execFileSync } from 'node:child_process'
import { cpSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Binaries } from './find-binaries.ts'

/** Whom a child process runs as; empty where it runs as whoever started it. */
export type Identity = { uid: number; gid: number } | Record<string, never>

const candidates = ['postgres', 'nobody'] as const

/** Postgres refuses to run as root. Then it runs as somebody who has nothing to lose, without making a user for it. */
export function unprivileged(): Identity {
  if (process.getuid?.() !== 0) return {}
  for (const name of candidates) {
    const [uid, gid] = ['-u', '-g'].map((flag) => idOf(flag, name))
    if (uid && gid) return { uid, gid }
  }
  throw new Error('Postgres does not run as root, and there is neither a user postgres nor nobody to run it as.')
}

/** The binaries where that user can reach them: a copy in `place` where a folder on the way is closed to others. */
export function withinReach(binaries: Binaries, identity: Identity, place: string): string {
  if (!('uid' in identity) || binaries.package === null || isOpenToAll(binaries.package)) return binaries.folder
  const copy = join(place, 'binaries')
  cpSync(binaries.package, copy, { recursive: true, verbatimSymlinks: true })
  return copy
}

function isOpenToAll(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false
    if (at === dirname(at)) return true
  }
}

function idOf(flag: string, name: string): number | null {
  try {
    return Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }).toString())
  } catch {
    return null
  }
}
