import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { BrowserContext, Frame, Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Brings axe into every page and frame of a context, past their policies, as a browser's own tools do. */
export async function bringAxe(context: BrowserContext): Promise<void> {
  await context.addInitScript(source)
}

/** What axe finds in the page and, by itself, in every frame: one line for each finding. */
export async function findBarriers(page: Page): Promise<string[]> {
  const found = await Promise.all(page.frames().map(inFrame))
  return found.flat()
}

interface Axe {
  run(options: object): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>
}

async function inFrame(frame: Frame): Promise<string[]> {
  const findings = await frame.evaluate(async () => {
    // Colours are judged where they end up, not half-way through a transition.
    for (const animation of document.getAnimations()) {
      if (animation.effect?.getComputedTiming().iterations !== Infinity) animation.finish()
    }
    const { axe } = window as unknown as { axe: Axe }
    const { violations } = await axe.run({ iframes: false, resultTypes: ['violations'] })
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ''}`),
    )
  })
  return findings.map((finding) => `${new URL(frame.url()).pathname} ${finding}`)
}
