import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { type Finding, ok, stops } from './finding.ts'

const timeoutMs = 10_000
const path = 'v1/rt'

/**
 * Opens the live socket as a browser would and says something that is no hello: Parlor closes with 4400. Anything else means that
 * what stands before it keeps the upgrade from it.
 */
export async function trySocket(base: string): Promise<Finding> {
  const url = new URL(path, base)
  const code = await closingCode(url)
  if (code === 4400 || code === 4401) return ok('socket', `The live socket at ${url.pathname} answers.`)
  if (code === 1013) return ok('socket', 'The live socket answers, but has no room at the moment.')
  if (code !== null && code >= 4000) return ok('socket', `The live socket answers (${code}).`)
  const status = await upgradeStatus(url)
  const told = status === null ? 'the connection broke' : `the answer is ${status} instead of 101`
  return stops(
    'socket',
    `The live socket cannot be opened: ${told}. A proxy before Parlor does not pass WebSocket upgrades on.`,
    'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";',
  )
}

function closingCode(url: URL): Promise<number | null> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url.href.replace(/^http/, 'ws'))
    const timer = setTimeout(() => socket.close(), timeoutMs)
    socket.onopen = () => socket.send('{}')
    socket.onclose = ({ code, wasClean }) => {
      clearTimeout(timer)
      resolve(wasClean || code >= 4000 ? code : null)
    }
    // `close` follows, and says more.
    socket.onerror = () => {}
  })
}

/** What an upgrade is answered with; null when it is not answered. */
function upgradeStatus(url: URL): Promise<number | null> {
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': Buffer.from('parlor doctor 16').toString('base64'),
  }
  return new Promise((resolve) => {
    const open = url.protocol === 'https:' ? requestHttps : requestHttp
    const request = open(url, { headers, timeout: timeoutMs })
    request.once('response', (response) => {
      resolve(response.statusCode ?? null)
      response.destroy()
    })
    request.once('upgrade', (response, stream) => {
      resolve(response.statusCode ?? null)
      stream.destroy()
    })
    request.once('timeout', () => request.destroy())
    request.once('error', () => resolve(null))
    request.end()
  })
}
