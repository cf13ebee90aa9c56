import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from '../finding.ts'
import { readOpenApi } from './read-openapi.ts'
import { type OpenApi, readOperations } from './read-operations.ts'
import { renderFunctions, renderTypes } from './render-sources.ts'

const typesFile = 'packages/sdk/types/operations.ts'
const functionsFile = 'packages/sdk/functions/operations.ts'

/** What the two files made from the interface description must hold, by path. */
export function renderFromDescription(root: string, description: OpenApi): Map<string, string> {
  const operations = readOperations(description)
  return new Map([
    [typesFile, format(root, typesFile, renderTypes(operations))],
    [functionsFile, format(root, functionsFile, renderFunctions(operations))],
  ])
}

/** Whether the SDK's types say what the server of this checkout says. */
export async function checkSdkTypes(root: string): Promise<Finding[]> {
  return [...renderFromDescription(root, await readOpenApi())].flatMap(([file, wanted]) => {
    const there = readFileSync(join(root, file), 'utf8').split('\n')
    const line = wanted.split('\n').findIndex((text, index) => text !== there[index])
    if (line < 0 && there.length === wanted.split('\n').length) return []
    return [{ file, line: line + 1, what: 'is not what the server says', instead: 'run npm run sdk:types' }]
  })
}

function format(root: string, file: string, text: string): string {
  const biome = [join(root, 'node_modules/@biomejs/biome/bin/biome'), 'format', `--stdin-file-path=${file}`]
  const { status, stdout, stderr } = spawnSync(process.execPath, biome, { cwd: root, input: text, encoding: 'utf8' })
  if (status !== 0) throw new Error(`Biome does not take ${file}: ${stderr}`)
  return stdout
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '../..')
  for (const [file, text] of renderFromDescription(root, await readOpenApi())) {
    writeFileSync(join(root, file), text)
    console.log(`wrote ${file}`)
  }
}
