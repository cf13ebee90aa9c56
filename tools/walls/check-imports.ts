import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from '../finding.ts'
import type { House, HouseFile, Target } from './house.ts'
import { besidePackages, insideWalls, type PackageWall, packages, strangers, toolsForTests } from './rules.ts'

type Breach = Omit<Finding, 'file' | 'line'>

/** What one import breaks: the walls between packages, the walls inside one, and the package's own list. */
export function checkImport(house: House, file: HouseFile, target: Target): Breach[] {
  if ('missing' in target) {
    return [
      { what: `${target.missing} is not exported by its package`, instead: 'import what its package.json exports' },
    ]
  }
  if ('external' in target) return checkExternal(house, file, target.external)
  if (!existsSync(join(house.root, target.file))) {
    return [{ what: `${target.file} does not exist`, instead: 'name the file with its .ts ending' }]
  }
  const other = /^packages\/([^/]+)\/(.*)$/.exec(target.file)
  if (!file.package) return checkFromBeside(file, other?.[1])
  if (file.isTest && toolsForTests.some((tool) => within(target.file, tool))) return []
  if (!other?.[1]) return [{ what: `${target.file} is outside packages/`, instead: 'a package imports packages only' }]
  if (other[1] === file.package) return checkInside(file, other[2] ?? '')
  return checkBetween(house, file, other[1])
}

function checkFromBeside(file: HouseFile, other: string | undefined): Breach[] {
  const folder = file.inside.split('/')[0] ?? ''
  const allowed = besidePackages[folder]?.mayImport ?? []
  if (!other || allowed === 'all' || allowed.includes(other)) return []
  return [{ what: `${folder} must not import @parlor/${other}`, instead: 'work from outside, over HTTP' }]
}

function checkBetween(house: House, file: HouseFile, other: string): Breach[] {
  const from = file.package ?? ''
  const wall = packages[from]
  if (!wall) return [{ what: `the package ${from} has no walls`, instead: 'add it to tools/walls/rules.ts' }]
  if (file.isTest && wall.testsMayImport?.includes(other)) return []
  if (!wall.mayImport.includes(other)) {
    const list = wall.mayImport.map((name) => `@parlor/${name}`).join(', ') || 'nothing of ours'
    return [{ what: `${from} must not import @parlor/${other}`, instead: `it may import ${list}` }]
  }
  const only = wall.onlyFrom?.[other]
  if (only && !only.includes(file.inside) && !file.isTest) {
    return [
      { what: `only ${only.join(', ')} of ${from} may import @parlor/${other}`, instead: 'take a port as an argument' },
    ]
  }
  return declared(house, file, `@parlor/${other}`)
}

function checkExternal(house: House, file: HouseFile, name: string): Breach[] {
  if (!file.package) return []
  if (name.startsWith('node:')) return file.isTest ? [] : checkNodeModule(file, packages[file.package], name)
  return declared(house, file, name)
}

function checkNodeModule(file: HouseFile, wall: PackageWall | undefined, name: string): Breach[] {
  if (wall?.browser && !wall.nodeFiles?.includes(file.inside)) {
    return [{ what: `${file.package} runs in browsers and must not import ${name}`, instead: 'use what browsers have' }]
  }
  const allowed = wall?.nodeModules
  if (!allowed || allowed[file.inside.split('/')[0] ?? '']?.includes(name)) return []
  return [{ what: `${file.inside} must not import ${name}`, instead: 'take a port as an argument' }]
}

function declared(house: House, file: HouseFile, name: string): Breach[] {
  const manifest = house.manifests.get(file.package ?? '')
  // A package of types is imported by the name of what it describes.
  const lists = (names: ReadonlySet<string> | undefined) => names?.has(name) || names?.has(`@types/${name}`)
  const known = lists(manifest?.dependencies)
  const knownToTests = lists(manifest?.devDependencies) || lists(house.rootDevDependencies)
  const builds = packages[file.package ?? '']?.nodeFiles?.includes(file.inside)
  if (known || (knownToTests && (file.isTest || builds))) return []
  return [{ what: `${name} is not declared`, instead: `add it to packages/${file.package}/package.json or do without` }]
}

function checkInside(file: HouseFile, target: string): Breach[] {
  if (file.isTest) return []
  const walls = insideWalls
    .filter((wall) => wall.package === file.package && within(file.inside, wall.from))
    .flatMap((wall) => wall.mayNotImport.filter((place) => within(target, place)).map((place) => ({ wall, place })))
    .map(({ wall, place }) => ({ what: `${wall.from} must not import ${place}`, instead: wall.instead }))
  return [...walls, ...checkStrangers(file, target)]
}

function checkStrangers(file: HouseFile, target: string): Breach[] {
  return strangers.flatMap(({ package: name, parent }) => {
    if (name !== file.package) return []
    const [from, to] = [childOf(parent, file.inside), childOf(parent, target)]
    if (!from || !to || from === to) return []
    return [{ what: `${parent}${from}/ must not import ${parent}${to}/`, instead: 'move what both need inwards' }]
  })
}

function childOf(parent: string, path: string): string | undefined {
  const [child, rest] = path.startsWith(parent) ? path.slice(parent.length).split('/', 2) : []
  return rest === undefined ? undefined : child
}

function within(path: string, place: string): boolean {
  return place.endsWith('/') ? path.startsWith(place) : path === place
}
