import { setTimeout as wait } from 'node:timers/promises'
import { WebSocket } from 'ws'

/**
 * A process of its own: so many visitors who say hello, ping ten times a second and read nothing of what they are told; every tenth asks a question.
 * Its arguments are the port, how many lines, and tokens, which the lines share. It tells its parent when all have asked.
 */
const [port = '', count = '', ...tokens] = process.argv.slice(2)
const atOnce = 50
const askEvery = 10
const pingEveryMs = 1000

/** A node that was not run for so long that its lease ran out lets nobody in for a moment; a page then tries again. */
const againAfterMs = 200
const allWithinMs = 90_000

let next = 0
const lines = new Set<WebSocket>()

/** Whether it is open. */
function open(number: number): Promise<boolean> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/rt`, { perMessageDeflate: false, autoPong: false })
  socket.on('error', () => {})
  return new Promise((resolve) => {
    socket.on('close', () => {
      lines.delete(socket)
      resolve(false)
    })
    socket.on('open', () => {
      lines.add(socket)
      socket.send(JSON.stringify({ type: 'hello', v: 1, token: tokens[number % tokens.length] }))
      socket.pause()
      if (Math.floor(number / tokens.length) % askEvery === 0) {
        socket.send(JSON.stringify({ type: 'user.text', id: 'm1', text: 'When does the museum open?' }))
      }
      const timer = setInterval(() => {
        if (socket.readyState !== WebSocket.OPEN) return clearInterval(timer)
        for (let ping = 0; ping < 10; ping++) socket.send(JSON.stringify({ type: 'ping', t: ping }))
      }, pingEveryMs)
      setTimeout(() => resolve(true), 20)
    })
  })
}

const giveUpAt = performance.now() + allWithinMs

async function work(): Promise<void> {
  while (lines.size < Number(count) && performance.now() < giveUpAt) {
    if (!(await open(next++))) await wait(againAfterMs)
  }
}

await Promise.all(Array.from({ length: atOnce }, work))
// Those begun at once may be a few too many.
for (const line of [...lines].slice(Number(count))) line.terminate()
process.send?.({ open: Math.min(lines.size, Number(count)) })
process.on('disconnect', () => process.exit())
