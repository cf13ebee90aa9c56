import { findProgram } from './find-program.ts'
import { installFromDebian, mayInstallFromDebian } from './install-from-debian.ts'

export interface EspeakSearch {
  print: (line: string) => void
  /** Whether packages may be installed; by default, as root on Debian. */
  mayInstall?: boolean
}

/** Finds the `espeak-ng` that speaks for the avatars of the tests, or installs Debian's package when we may. Says what it installs. */
export function findEspeak({
  print,
  mayInstall = mayInstallFromDebian(),
}: EspeakSearch): { path: string } | { reason: string } {
  const name = 'espeak-ng'
  const path = findProgram(name)
  if (path !== undefined) return { path }
  if (!mayInstall) return { reason: 'there is no espeak-ng here' }
  const isInstalled = installFromDebian({ what: 'voice', name, takes: 'some seconds', print })
  const installed = isInstalled ? findProgram(name) : undefined
  return installed ? { path: installed } : { reason: 'there is no espeak-ng here and none could be installed' }
}
