import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { environment } from '../environment.ts'

export interface DebianPackage {
  /** What it is for, as lines about it begin. */
  what: string
  name: string
  /** How long it takes, in words. */
  takes: string
  print: (line: string) => void
}

/** Whether packages may be installed without asking: as root on Debian, as in a build machine's container. */
export function mayInstallFromDebian(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version')
}

/** Installs one of Debian's packages and says so; false where that failed. Asks nothing. */
export function installFromDebian({ what, name, takes, print }: DebianPackage): boolean {
  print(`  ${what}: none found; installing Debian’s ${name} with apt-get, which takes ${takes}`)
  const env = environment.with({ DEBIAN_FRONTEND: 'noninteractive' })
  for (const args of [['update'], ['install', '-y', name]]) {
    const { status } = spawnSync('apt-get', args, { stdio: ['ignore', 'inherit', 'inherit'], env })
    if (status === 0) continue
    print(`  ${what}: apt-get ${args.join(' ')} failed`)
    return false
  }
  return true
}
