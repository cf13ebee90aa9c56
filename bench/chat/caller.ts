import { connect, type Socket } from 'node:net'

/** Somebody who answers `POST /chat/completions`: Parlor, or the endpoint itself. */
export interface Target {
  name: string
  port: number
  path: string
  /** Each line takes the next one, for a session may have few answers in the making at once. */
  callers: Record<string, string>[]
}

/** What the callers' process is asked to do, one thing after the other. */
export type Order =
  | { do: 'ask in turn'; targets: Target[]; rounds: number }
  | { do: 'listen'; target: Target; streams: number; settleMs: number; forMs: number }

export interface Firsts {
  /** From the request's leaving to the first byte of its answer, which comes with the first word; one for each round. */
  byteMs: number[]
}

export interface Heard {
  /** In the time that was measured. */
  words: number
  seconds: number
  busySeconds: number
  /** Answers that ended in that time. */
  answers: number
}

const end = '\r\n0\r\n\r\n'
const spoken = ' word'
const body = JSON.stringify({
  model: 'bench',
  stream: true,
  messages: [{ role: 'user', content: 'How do I set the daylight of the lamp?' }],
})

process.on('message', (order: Order) => {
  const work: Promise<unknown> = order.do === 'listen' ? listen(order) : askInTurn(order)
  work.then(
    (answer) => process.send?.(answer),
    (error: Error) => process.send?.({ error: error.message }),
  )
})

/** One request at a time, each target after the other, so that whatever else the machine does meets them all alike. */
async function askInTurn({ targets, rounds }: Extract<Order, { do: 'ask in turn' }>): Promise<Firsts[]> {
  const lines = await Promise.all(targets.map((target) => openLine(target, 0)))
  const firsts: Firsts[] = targets.map(() => ({ byteMs: [] }))
  for (let round = 0; round < rounds; round++) {
    // Not always in the same order: who comes first after a pause pays for it.
    for (let step = 0; step < lines.length; step++) {
      const at = (step + round) % lines.length
      firsts[at]?.byteMs.push(await (lines[at] as Line).ask(() => {}))
    }
  }
  for (const line of lines) line.close()
  return firsts
}

/** So many streams at once, each begun anew when it ends; counted after they have settled. */
async function listen({ target, streams, settleMs, forMs }: Extract<Order, { do: 'listen' }>): Promise<Heard> {
  let words = 0
  let answers = 0
  let isOver = false
  const lines = await Promise.all(Array.from({ length: streams }, (_, index) => openLine(target, index)))
  const runs = lines.map(async (line) => {
    while (!isOver) {
      await line.ask((count) => {
        words += count
      })
      answers += 1
    }
  })
  const broken = Promise.race(runs)
  await Promise.race([pause(settleMs), broken])
  const [wordsBefore, answersBefore, cpuBefore, startedAt] = [words, answers, process.cpuUsage(), performance.now()]
  await Promise.race([pause(forMs), broken])
  const seconds = (performance.now() - startedAt) / 1000
  const { user, system } = process.cpuUsage(cpuBefore)
  const heard = {
    words: words - wordsBefore,
    answers: answers - answersBefore,
    seconds,
    busySeconds: (user + system) / 1e6,
  }
  isOver = true
  for (const line of lines) line.close()
  await Promise.allSettled(runs)
  return heard
}

interface Line {
  /** Sends the request and resolves when its answer is over, with the milliseconds to its first byte. */
  ask(hear: (words: number) => void): Promise<number>
  close(): void
}

/** One kept connection, with HTTP by hand: a client that costs little leaves the machine to what is measured. */
function openLine({ port, path, callers }: Target, index: number): Promise<Line> {
  const headers = callers[index % callers.length]
  const all = { host: `127.0.0.1:${port}`, 'content-type': 'application/json', ...headers }
  const lines = Object.entries({ ...all, 'content-length': body.length }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  const request = `POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () =>
      resolve({ ask: (hear) => ask(socket, request, hear), close: () => socket.destroy() }),
    )
    socket.once('error', reject)
  })
}

function ask(socket: Socket, request: string, hear: (words: number) => void) {
  return new Promise<number>((resolve, reject) => {
    const sentAt = performance.now()
    let byteMs = 0
    let tail = ''
    const over = (settle: () => void) => {
      socket.off('data', take)
      socket.off('close', gone)
      settle()
    }
    const gone = () => over(() => reject(new Error('A stream was cut.')))
    const take = (piece: Buffer) => {
      const text = piece.toString('latin1')
      if (byteMs === 0) {
        byteMs = performance.now() - sentAt
        if (!text.startsWith('HTTP/1.1 200')) return over(() => reject(new Error(`A stream answered ${text}`)))
      }
      // A word cut in two counts with the piece that ends it.
      const words = countWords(tail.slice(-spoken.length + 1) + text)
      if (words > 0) hear(words)
      tail = (tail + text).slice(-end.length)
      if (tail === end) over(() => resolve(byteMs))
    }
    socket.on('data', take)
    socket.on('close', gone)
    socket.write(request, 'latin1')
  })
}

function countWords(text: string): number {
  let words = 0
  for (let at = text.indexOf(spoken); at >= 0; at = text.indexOf(spoken, at + spoken.length)) words += 1
  return words
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
