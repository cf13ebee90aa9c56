import type { Finding } from '../finding.ts'
import type { House, HouseFile } from './house.ts'
import { besidePackages, type PackageWall, packages } from './rules.ts'

/** Clocks, timers and the process, where the package must be handed them. */
export function checkAmbient(file: HouseFile): Finding[] {
  const wall = packages[file.package ?? '']
  if (!wall || file.isTest) return []
  return file.ambient.flatMap(({ name, line }) => {
    if (name === 'process.env') return checkEnvironment(file, wall, line)
    if (wall.knowsTime || wall.nodeFiles?.includes(file.inside)) return []
    const instead = name.startsWith('process.') ? 'take it as an argument' : 'take the Clock port as an argument'
    return [{ file: file.path, line, what: `${file.package} must not use ${name}`, instead }]
  })
}

function checkEnvironment(file: HouseFile, wall: PackageWall, line: number): Finding[] {
  if (wall.environment === 'one' || wall.environment.includes(file.inside)) return []
  const where = wall.environment.join(', ')
  const instead = where ? `read it in ${where} and pass it on` : 'take the setting as an argument'
  return [{ file: file.path, line, what: `${file.package} must not read process.env here`, instead }]
}

/** Where the rules leave a folder the choice of its one file, a second file is the breach. */
export function checkSingleEnvironment(house: House): Finding[] {
  const free = [
    ...Object.entries(packages).filter(([, wall]) => wall.environment === 'one'),
    ...Object.entries(besidePackages).filter(([, folder]) => folder.environment === 'one'),
  ].map(([name]) => name)
  return free.flatMap((name) => {
    const readers = house.files
      .filter((file) => !file.isTest && (file.package ?? file.inside.split('/')[0]) === name)
      .flatMap((file) => file.ambient.filter((use) => use.name === 'process.env').map(({ line }) => ({ file, line })))
    const first = readers[0]?.file.path
    return readers
      .filter(({ file }) => file.path !== first)
      .map(({ file, line }) => ({
        file: file.path,
        line,
        what: `${name} reads process.env in a second file`,
        instead: `read it in ${first} and pass it on`,
      }))
  })
}
