import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkCommands } from './docs/check-commands.ts'
import { checkContainer } from './docs/check-container.ts'
import { checkCoverage, coveragePage } from './docs/check-coverage.ts'
import { checkLinks } from './docs/check-links.ts'
import { checkOrigins } from './docs/check-origins.ts'
import { checkErrorRows, checkSettingRows, type ErrorTable, settingsIn, type WireTable } from './docs/check-tables.ts'
import { projectFiles } from './docs/project-files.ts'
import { describeFinding, type Finding } from './finding.ts'

const needed = {
  codes: 'packages/core/errors/codes.ts',
  widgetWire: 'packages/server/wires/widget-v1/render-error.ts',
  chatWire: 'packages/server/wires/chat-rpc/render-error.ts',
  avatarWire: 'packages/server/wires/sessions-v3/render-error.ts',
  env: 'packages/server/config/env.ts',
  errors: 'docs/errors.md',
  settings: 'docs/settings.md',
  dockerfile: 'Dockerfile',
  compose: 'compose.yaml',
  coverage: coveragePage,
}

/** Everywhere the documents say something the repository does not, or leave out something it does. */
export async function checkDocs(root: string): Promise<Finding[]> {
  const missing = Object.values(needed).filter((file) => !existsSync(join(root, file)))
  if (missing.length > 0) {
    return missing.map((file) => ({
      file,
      line: 1,
      what: 'does not exist',
      instead: 'the documents are checked against it',
    }))
  }
  const read = (file: string) => readFileSync(join(root, file), 'utf8')
  const { errorCodes }: { errorCodes: ErrorTable } = await import(join(root, needed.codes))
  const { widgetErrors }: { widgetErrors: WireTable } = await import(join(root, needed.widgetWire))
  const { chatErrors }: { chatErrors: WireTable } = await import(join(root, needed.chatWire))
  const { avatarErrors }: { avatarErrors: WireTable } = await import(join(root, needed.avatarWire))
  const server = read(needed.env)
  const files = projectFiles(root)
  const pages = files.filter(({ path }) => path.endsWith('.md') && !path.startsWith('packages/server/demo/'))
  const scripts = new Set(Object.keys(JSON.parse(read('package.json')).scripts))
  return [
    ...checkErrorRows(errorCodes, [widgetErrors, chatErrors, avatarErrors], read(needed.errors)),
    ...checkSettingRows(server, commandSource(root), read(needed.settings)),
    ...checkCoverage(root, read(needed.coverage)),
    ...checkLinks(root, pages),
    ...checkCommands(root, pages, scripts),
    ...checkContainer({
      root,
      dockerfile: read(needed.dockerfile),
      compose: read(needed.compose),
      settings: settingsIn(server),
      scripts,
    }),
    ...checkOrigins(files),
  ]
}

function commandSource(root: string): string {
  const folder = join(root, 'packages/cli')
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('node_modules'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
}

if (import.meta.main) {
  const findings = await checkDocs(join(import.meta.dirname, '..'))
  for (const finding of findings) console.log(describeFinding(finding))
  console.log(findings.length === 0 ? 'docs: they say what is there' : `docs: ${findings.length} findings`)
  process.exitCode = findings.length === 0 ? 0 : 1
}
