import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'

/**
 * What `ws` needs by itself: answers whatever a socket says first, and closes every socket at a DELETE. As in Parlor the answer comes
 * when the close frames have left, and a connection that is still there a second later is destroyed. `node bare-server.ts PORT`.
 */
const [port = ''] = process.argv.slice(2)
const goneAfterMs = 1000
const code = 4411
const ready = JSON.stringify({ type: 'ready' })

const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
const server = createServer(async (request, response) => {
  if (request.method === 'DELETE') await closeAll()
  response.end('{"success":true}')
})
server.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (accepted) => {
    accepted.once('message', () => accepted.send(ready))
  })
})
server.listen(Number(port), '127.0.0.1')

async function closeAll(): Promise<void> {
  const closing = [...sockets.clients]
  for (const socket of closing) socket.close(code, 'ended')
  const timer = setTimeout(() => {
    for (const socket of closing) socket.terminate()
  }, goneAfterMs)
  timer.unref()
  // One turn of the event loop: what was written has been handed to the system.
  await new Promise((resolve) => setImmediate(resolve))
}
