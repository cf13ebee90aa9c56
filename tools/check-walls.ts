import { join } from 'node:path'
import { describeFinding } from './finding.ts'
import { findBreaches } from './walls/find-breaches.ts'

export { findBreaches }

if (import.meta.main) {
  const findings = findBreaches(join(import.meta.dirname, '..'))
  for (const finding of findings) console.log(describeFinding(finding))
  console.log(findings.length === 0 ? 'walls: every import is allowed' : `walls: ${findings.length} breaches`)
  process.exitCode = findings.length === 0 ? 0 : 1
}
