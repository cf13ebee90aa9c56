import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { buildSdk } from '../../packages/sdk/build.ts'
import type { Finding } from '../finding.ts'
import { checkWeights, weighSdk } from './weigh.ts'
import { checkReference } from './write-reference.ts'
import { checkReport } from './write-report.ts'
import { checkSdkTypes } from './write-types.ts'

const file = 'packages/sdk/build.ts'

/** Whether what is published is what it says: types in step with the server, a sound package, fitting sizes, a known API. */
export async function checkSdk(root: string): Promise<Finding[]> {
  const built = await buildSdk()
  const found = await Promise.all([
    checkSdkTypes(root),
    ask(root, 'publint/src/cli.js', [built.dist, '--strict', '--pack', 'false']),
    ask(root, '@arethetypeswrong/cli/dist/index.js', ['--pack', built.dist, '--profile', 'esm-only', '--no-emoji']),
    weighSdk(root).then(checkWeights),
  ])
  return [...found.flat(), ...checkReport(root, built), ...checkReference(root, built)]
}

/** What a tool that judges packages says against ours. */
function ask(root: string, tool: string, args: string[]): Promise<Finding[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', tool), ...args], { cwd: root })
    const said: Buffer[] = []
    child.stdout.on('data', (piece: Buffer) => said.push(piece))
    child.stderr.on('data', (piece: Buffer) => said.push(piece))
    child.on('error', reject)
    child.on('close', (code) => {
      const what = `${tool} says:\n${Buffer.concat(said)}`
      resolve(code === 0 ? [] : [{ file, line: 1, what, instead: 'publish what every resolver understands' }])
    })
  })
}
