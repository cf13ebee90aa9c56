import { once } from 'node:events'
import { request as ask, createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** Stands before a server and loses answers. */
export interface CuttingRelay extends AsyncDisposable {
  url: string
  /** What the server was asked, as `POST /path`. */
  asked: string[]
  /** From now on so many answers are lost on their way, each in this manner; what was asked has happened all the same. */
  lose(how: 'whole' | 'half' | 'stuck', answers: number): void
}

export async function startCuttingRelay(port: number): Promise<CuttingRelay> {
  const asked: string[] = []
  const sockets = new Set<Socket>()
  let losing: { how: 'whole' | 'half' | 'stuck'; left: number } = { how: 'whole', left: 0 }
  const server = createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming
    asked.push(`${method} ${path?.split('?')[0]}`)
    const onward = ask({ host: '127.0.0.1', port, method, path, headers }, async (answer) => {
      const pieces: Buffer[] = []
      for await (const piece of answer) pieces.push(piece)
      const body = Buffer.concat(pieces)
      const isLost = losing.left > 0
      losing = { ...losing, left: losing.left - 1 }
      if (isLost && losing.how === 'whole') return void outgoing.destroy()
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
      if (!isLost) return void outgoing.end(body)
      outgoing.write(body.subarray(0, body.length / 2), () => {
        if (losing.how === 'half') outgoing.destroy()
      })
    })
    onward.on('error', () => outgoing.destroy())
    incoming.pipe(onward)
  })
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    lose(how, answers) {
      losing = { how, left: answers }
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
