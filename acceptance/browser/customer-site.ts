import { createServer, type OutgoingHttpHeaders } from 'node:http'
import { findFreePort } from '../harness/free-port.ts'

export interface CustomerSite {
  port: number
  /** Puts a page at an address of its own, under any name that ends in `.test`, and resolves to its address. */
  put(html: string, options?: { host?: string; headers?: OutgoingHttpHeaders }): string
  close(): Promise<void>
}

/** A customer's web server: any page, any headers, any host name. */
export async function startCustomerSite(): Promise<CustomerSite> {
  const pages = new Map<string, { html: string; headers: OutgoingHttpHeaders }>()
  const port = await findFreePort()
  const server = createServer((request, response) => {
    const page = pages.get(request.url ?? '')
    if (page) response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...page.headers })
    // No page of a test has an icon: an answer without content keeps the console clean.
    else response.writeHead(request.url === '/favicon.ico' ? 204 : 404)
    response.end(page?.html)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    port,
    put(html, { host = 'shop.test', headers = {} } = {}) {
      const path = `/page-${pages.size}`
      pages.set(path, { html, headers })
      return `http://${host}:${port}${path}`
    },
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
