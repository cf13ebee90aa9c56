import type { ErrorCode } from '@parlor/core/errors'
import type { App } from '../http/app-types.ts'
import type { ErrorFamily } from '../http/errors.ts'
import { type Assets, registerAssets } from './assets.ts'
import { registerCheck } from './check.ts'
import { registerFramePage, sendHeaders } from './frame-page.ts'
import { renderPlainPage } from './render-page.ts'
import type { SitePolicyPorts } from './site-policy.ts'

export { type Assets, loadAssets } from './assets.ts'

export interface EmbedPorts extends SitePolicyPorts {
  assets: Assets
}

/** Everything a customer's page loads: the loader, the check before framing, the frame page and its files. */
export function registerEmbed(app: App, ports: EmbedPorts): void {
  registerAssets(app, ports.assets)
  registerCheck(app, ports)
  registerFramePage(app, ports, ports.assets.manifest)
}

/** Errors under paths that people open: plain pages, which nobody may frame. */
export function pageErrors(prefix: string, publicUrl: URL, statusOf: (code: ErrorCode) => number): ErrorFamily {
  return {
    prefix,
    render: (error, request, reply) => {
      const status = statusOf(error.code)
      reply.code(status)
      sendHeaders(reply, ["frame-ancestors 'none'"], publicUrl)
      return renderPlainPage(status === 404 ? 'Not found' : 'This did not work', error.message, request.id)
    },
  }
}
