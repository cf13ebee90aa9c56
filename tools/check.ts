import { join } from 'node:path'
import { runChecks } from './checks.ts'

console.log("Checking Parlor's walls, documents, bundles, format and types.")
const { passed, failed } = await runChecks(join(import.meta.dirname, '..'), (line) => console.log(line))
console.log(failed.length === 0 ? `All ${passed.length} checks passed.` : `Failed: ${failed.join(', ')}.`)
process.exitCode = failed.length === 0 ? 0 : 1
