import type { Finding } from '../finding.ts'
import { checkAmbient, checkSingleEnvironment } from './check-ambient.ts'
import { checkImport } from './check-imports.ts'
import { checkPlace } from './check-place.ts'
import { findCircles } from './find-circles.ts'
import { type House, readHouse, resolveImport } from './house.ts'

/** Every place of the house under `root` that breaks a rule of `rules.ts`, in the order of the files. */
export function findBreaches(root: string): Finding[] {
  const house = readHouse(root)
  const findings = house.files.flatMap((file) => [
    ...checkPlace(file),
    ...checkAmbient(file),
    ...file.imports.flatMap((use) => {
      const target = resolveImport(house, file.path, use.specifier)
      return checkImport(house, file, target).map((found) => ({ file: file.path, line: use.line, ...found }))
    }),
  ])
  return [...findings, ...checkSingleEnvironment(house), ...checkCircles(house)]
}

function checkCircles(house: House): Finding[] {
  const known = new Set(house.files.map((file) => file.path))
  const edges = new Map(
    house.files.map((file) => [
      file.path,
      file.imports
        .map((use) => resolveImport(house, file.path, use.specifier))
        .flatMap((target) => ('file' in target && known.has(target.file) ? [target.file] : [])),
    ]),
  )
  return findCircles(edges).map((way) => ({
    file: way[0] ?? '',
    line: 1,
    what: `import circle ${way.join(' -> ')}`,
    instead: 'move what both need into a file of its own',
  }))
}
