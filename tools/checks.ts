import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { checkBundles } from './check-bundles.ts'
import { checkDocs } from './check-docs.ts'
import { findBreaches } from './check-walls.ts'
import { describeFinding, type Finding } from './finding.ts'
import { checkLockfile } from './lockfile/check-lockfile.ts'
import { checkSdk } from './sdk/check-sdk.ts'

/** One thing `npm run check` looks at. `look` resolves with what is wrong, nothing when all is well. */
interface Check {
  name: string
  what: string
  look: (root: string) => Promise<string[]>
}

const checks: readonly Check[] = [
  {
    name: 'walls',
    what: 'imports, folders, clocks and the environment',
    look: async (root) => said(findBreaches(root)),
  },
  {
    name: 'docs',
    what: 'errors, settings, links, commands, container',
    look: async (root) => said(await checkDocs(root)),
  },
  { name: 'lockfile', what: 'that npm ci takes it on every platform', look: async (root) => said(checkLockfile(root)) },
  { name: 'bundles', what: 'what browsers receive', look: async (root) => said((await checkBundles(root)).findings) },
  { name: 'sdk', what: 'what is published: types, sizes, the API', look: async (root) => said(await checkSdk(root)) },
  { name: 'format', what: 'Biome', look: (root) => tool(root, '@biomejs/biome/bin/biome', ['check', '--colors=off']) },
  { name: 'types', what: 'TypeScript', look: (root) => tool(root, 'typescript/bin/tsc', ['--noEmit']) },
]

export interface CheckResult {
  passed: string[]
  failed: string[]
}

/** Runs every check, one line each as it ends; details follow a failing one. Never throws: a check that breaks has failed. */
export async function runChecks(root: string, print: (line: string) => void): Promise<CheckResult> {
  const result: CheckResult = { passed: [], failed: [] }
  for (const check of checks) {
    const started = performance.now()
    const wrong = await check.look(root).catch((error: unknown) => [String(error)])
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    const verdict = wrong.length === 0 ? 'ok    ' : 'FAILED'
    print(`  check ${check.name.padEnd(8)} ${verdict} ${seconds} s  ${check.what}`)
    for (const line of wrong) print(`    ${line}`)
    result[wrong.length === 0 ? 'passed' : 'failed'].push(check.name)
  }
  return result
}

function said(findings: readonly Finding[]): string[] {
  return findings.map(describeFinding)
}

/** Runs a development tool of ours under this very Node. Resolves with its output when it fails. */
function tool(root: string, script: string, args: string[]): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root })
    const output: Buffer[] = []
    child.stdout.on('data', (chunk) => output.push(chunk))
    child.stderr.on('data', (chunk) => output.push(chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      const lines = Buffer.concat(output).toString().trimEnd().split('\n')
      resolve(code === 0 ? [] : [...lines.slice(0, 200), `${script} ended with ${code}`])
    })
  })
}
