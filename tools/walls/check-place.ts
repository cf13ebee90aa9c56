import type { Finding } from '../finding.ts'
import type { HouseFile } from './house.ts'
import { emptyNames, packages } from './rules.ts'

/** Whether the file stands in a folder with a caption and under a name that says something. */
export function checkPlace(file: HouseFile): Finding[] {
  const at = { file: file.path, line: 1 }
  const parts = file.path.replace(/\.(test\.)?tsx?$/, '').split('/')
  const empty = parts.find((part) => emptyNames.includes(part))
  if (empty) return [{ ...at, what: `"${empty}" says nothing about what is inside`, instead: 'name the thing' }]
  if (!file.package) return []
  const wall = packages[file.package]
  if (!wall)
    return [{ ...at, what: `the package ${file.package} has no walls`, instead: 'add it to tools/walls/rules.ts' }]
  const [folder, rest] = file.inside.split('/', 2)
  if (!wall.folders || rest === undefined || file.isTest || wall.folders[folder ?? '']) return []
  const instead = 'put the file where its reason to change is, or caption the folder in tools/walls/rules.ts'
  return [{ ...at, what: `${file.package} has no folder ${folder}/`, instead }]
}
