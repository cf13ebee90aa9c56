import type { KnowledgeStore } from '@parlor/conversation/knowledge'
import type { SeedPorts } from '../ops/seed.ts'
import { type CustomerSite, startCustomerSite } from './customer-site.ts'
import { prepareDemo } from './prepare-demo.ts'

const barWidth = 24

/** The demo: sample data and a customer's page. A taken port costs the page, never the server. */
export async function startDemo(
  stores: SeedPorts & { knowledge: KnowledgeStore },
  parlorUrl: URL,
  port: number,
  say: (line: string) => void,
): Promise<CustomerSite | null> {
  const { agentId, apiKey } = await prepareDemo({ ...stores, say, progress: showProgress })
  try {
    const site = await startCustomerSite({ port, parlorUrl, apiKey, agentId })
    say(`Demo: open ${site.url} — a customer's page with the widget in it`)
    return site
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    if (!taken) throw error
    say(`no demo page: port ${port} is in use; set PARLOR_DEMO_PORT to another one`)
    return null
  }
}

/** A bar on a terminal; a log file gets none. */
function showProgress(done: number, total: number): void {
  if (!process.stdout.isTTY) return
  const filled = Math.round((done / total) * barWidth)
  process.stdout.write(`\rreading documents [${'='.repeat(filled)}${' '.repeat(barWidth - filled)}] ${done}/${total}`)
  if (done === total) process.stdout.write('\r\u001b[K')
}
