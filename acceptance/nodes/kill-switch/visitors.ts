import { setTimeout as wait } from 'node:timers/promises'
import { callOnce } from './caller.ts'
import { comeTooLate, type Line, openLine } from './line.ts'
import type { Order, Report } from './orders.ts'
import { judge, monotonicMs, noteMet, type WatchedSession, watchSession } from './watched-session.ts'

/** A process of its own with all visitors in it; its arguments are the nodes' ports, its orders come from its parent. */
const ports = process.argv.slice(2).map(Number)
interface Held {
  session: WatchedSession
  token: string
  kind: 'widget' | 'chat'
  lines: Line[]
  isHurried: boolean
}
const held = new Map<string, Held>()
/** When people try an ended token again, in milliseconds after the return. */
const triesMs = [0, 200, 1000, 2500, 4500]

process.on('message', (order: Order) => {
  if (order.do === 'come') come(order.session, order.token, 'widget', order.ports)
  if (order.do === 'call') come(order.session, order.token, 'chat', [])
  if (order.do === 'hurry') for (const id of order.sessions) hurry(held.get(id))
  if (order.do === 'returned') {
    const one = held.get(order.session)
    if (one === undefined) throw new Error(`Nobody came to session ${order.session}.`)
    one.session.returnedAt = order.at
    void tryAgain(one)
  }
  if (order.do === 'count') {
    const lines = [...held.values()].filter(({ session }) => session.returnedAt === null).flatMap((one) => one.lines)
    say({ open: lines.filter((line) => line.isOpen()).length, wanted: lines.length })
  }
  if (order.do === 'report') {
    say({ figures: judge([...held.values()].map(({ session }) => session)) })
  }
})
process.on('disconnect', () => process.exit())

function come(id: string, token: string, kind: Held['kind'], at: readonly number[]): void {
  const session = watchSession(id)
  const lines = at.map((port) => openLine(session, token, ports, port))
  held.set(id, { session, token, kind, lines, isHurried: false })
}

function hurry(one: Held | undefined): void {
  if (one === undefined) return
  one.isHurried = true
  for (const line of one.lines) line.hurry()
  if (one.kind === 'chat') for (const port of ports) void callOn(one, port)
}

/** A page that calls one node again and again. */
async function callOn(one: Held, port: number): Promise<void> {
  while (one.session.returnedAt === null) {
    await callOnce(one.session, one.token, port)
    await wait(50 + Math.random() * 100)
  }
}

async function tryAgain(one: Held): Promise<void> {
  for (const triedAt of triesMs) {
    await wait(Math.max(0, (one.session.returnedAt ?? 0) + triedAt - monotonicMs()))
    for (const port of ports) {
      if (one.kind === 'widget') comeTooLate(one.session, one.token, port)
      else void callOnce(one.session, one.token, port)
    }
  }
  // Whoever is still on a line of it was never told; that line's node is gone or will find out.
  for (const line of one.lines) if (line.isOpen() && !line.isOver()) noteMet(one.session, 'line left open')
}

function say(report: Report): void {
  process.send?.(report)
}
