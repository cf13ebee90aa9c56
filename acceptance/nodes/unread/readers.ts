import { WebSocket } from 'ws'

/**
 * A process of its own: so many visitors who say hello, ping ten times a second and read nothing of what they are told; every tenth asks a question.
 * Its arguments are the port, how many lines, and tokens, which the lines share. It tells its parent when all have asked.
 */
const [port = '', count = '', ...tokens] = process.argv.slice(2)
const atOnce = 50
const askEvery = 10
const pingEveryMs = 1000

let begun = 0
let gone = 0

function open(number: number): Promise<void> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/rt`, { perMessageDeflate: false, autoPong: false })
  socket.on('error', () => {})
  socket.on('close', () => {
    gone += 1
  })
  return new Promise((resolve) => {
    socket.on('close', () => resolve())
    socket.on('open', () => {
      socket.send(JSON.stringify({ type: 'hello', v: 1, token: tokens[number % tokens.length] }))
      socket.pause()
      if (Math.floor(number / tokens.length) % askEvery === 0) {
        socket.send(JSON.stringify({ type: 'user.text', id: 'm1', text: 'When does the museum open?' }))
      }
      const timer = setInterval(() => {
        if (socket.readyState !== WebSocket.OPEN) return clearInterval(timer)
        for (let ping = 0; ping < 10; ping++) socket.send(JSON.stringify({ type: 'ping', t: ping }))
      }, pingEveryMs)
      setTimeout(resolve, 20)
    })
  })
}

async function work(): Promise<void> {
  while (begun < Number(count)) await open(begun++)
}

await Promise.all(Array.from({ length: atOnce }, work))
process.send?.({ open: begun - gone })
process.on('disconnect', () => process.exit())
