import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspectBundles, inspectSource } from './bundles/inspect-bundles.ts'
import { describeFinding, type Finding } from './finding.ts'

/** Builds the widget and inspects what browsers would receive, and what it was written as. */
export async function checkBundles(root: string): Promise<{ findings: Finding[]; summary: string }> {
  const widget = join(root, 'packages/widget')
  await buildWidget(widget)
  const dist = join(widget, 'dist')
  const report = inspectBundles({ dist, named: 'packages/widget/dist', nodeModules: join(root, 'node_modules') })
  const sources = widgetSources(widget).flatMap((file) =>
    inspectSource(readFileSync(join(widget, file), 'utf8'), `packages/widget/${file}`),
  )
  const size = (bytes: number) => `${(bytes / 1024).toFixed(1)} KiB`
  const summary = `loader ${size(report.loaderBytes)}, first load of the frame ${size(report.frameBytes)}, brotli`
  return { findings: [...report.findings, ...sources], summary }
}

/** Runs the widget's own build. Throws a sentence where there is none. */
export async function buildWidget(widget: string): Promise<void> {
  const build = join(widget, 'build.ts')
  if (!existsSync(build)) throw new Error('packages/widget/build.ts does not exist, so there is no widget to build')
  const module: { buildWidget?: () => Promise<unknown> } = await import(build)
  if (!module.buildWidget) throw new Error('packages/widget/build.ts exports no buildWidget')
  await module.buildWidget()
}

function widgetSources(widget: string): string[] {
  return ['loader', 'element', 'frame']
    .filter((folder) => existsSync(join(widget, folder)))
    .flatMap((folder) =>
      readdirSync(join(widget, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
    )
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
}

if (import.meta.main) {
  const { findings, summary } = await checkBundles(join(import.meta.dirname, '..'))
  for (const finding of findings) console.log(describeFinding(finding))
  console.log(`bundles: ${summary}, ${findings.length} findings`)
  process.exitCode = findings.length === 0 ? 0 : 1
}
