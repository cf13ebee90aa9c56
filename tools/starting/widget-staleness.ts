import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const packagesInWidget = ['widget', 'live-client', 'protocol']

/** Whether what browsers would get is missing, or older than a source it is made from. */
export function isWidgetStale(root: string): boolean {
  const built = join(root, 'packages/widget/dist/manifest.json')
  if (!existsSync(built)) return true
  const sources = packagesInWidget.map((name) => newest(join(root, 'packages', name)))
  return Math.max(...sources) > statSync(built).mtimeMs
}

/** When the newest source under `folder` was changed, in milliseconds since 1970. */
function newest(folder: string): number {
  const times = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    if (entry.name === 'dist' || entry.name === 'node_modules') return 0
    const path = join(folder, entry.name)
    return entry.isDirectory() ? newest(path) : statSync(path).mtimeMs
  })
  return Math.max(0, ...times)
}
