import type { SKRSContext2D } from '@napi-rs/canvas'
import { clear, darker, mix } from './colour.ts'
import type { Look } from './look.ts'
import type { Step } from './steps.ts'

const glow = '#7ff0dc'
const screen = { left: 36, top: 40, width: 48, height: 38 }

/** A friendly machine with the same expressions. */
export function paintRobot(context: SKRSContext2D, look: Look, step: Step): void {
  paintBody(context, look)
  context.save()
  if (step.manner === 'listening') {
    context.translate(60, 88)
    context.rotate((-3 * Math.PI) / 180)
    context.translate(-60, -88)
  }
  paintHead(context, look, step)
  paintScreen(context)
  paintEyes(context, step)
  paintMouth(context, step)
  context.restore()
}

function paintBody(context: SKRSContext2D, { clothes }: Look): void {
  context.fillStyle = darker(clothes)
  context.beginPath()
  context.roundRect(51, 82, 18, 18, 4)
  context.fill()
  context.strokeStyle = clear('#000000', 0.18)
  context.lineWidth = 1.2
  context.beginPath()
  context.moveTo(52, 90.5)
  context.lineTo(68, 90.5)
  context.moveTo(52, 94)
  context.lineTo(68, 94)
  context.stroke()
  const shell = context.createLinearGradient(30, 96, 90, 130)
  shell.addColorStop(0, mix(clothes, '#ffffff', 0.2))
  shell.addColorStop(0.5, clothes)
  shell.addColorStop(1, darker(clothes))
  context.fillStyle = shell
  context.beginPath()
  context.moveTo(10, 132)
  context.bezierCurveTo(10, 109, 25, 98, 44, 97)
  context.lineTo(76, 97)
  context.bezierCurveTo(95, 98, 110, 109, 110, 132)
  context.fill()
  context.fillStyle = clear('#ffffff', 0.16)
  context.beginPath()
  context.roundRect(46, 106, 28, 4, 2)
  context.fill()
}

function paintHead(context: SKRSContext2D, { skin, clothes }: Look, { manner }: Step): void {
  const dark = darker(skin)
  context.strokeStyle = dark
  context.lineWidth = 3
  context.beginPath()
  context.moveTo(60, 32)
  context.lineTo(60, 20)
  context.stroke()
  const lamp = context.createRadialGradient(58.8, 15.6, 0.4, 60, 17, 4.8)
  const lit = manner === 'thinking' ? glow : clothes
  lamp.addColorStop(0, mix(lit, '#ffffff', 0.65))
  lamp.addColorStop(1, lit)
  context.fillStyle = lamp
  context.beginPath()
  context.arc(60, 17, 4.6, 0, Math.PI * 2)
  context.fill()
  context.fillStyle = dark
  context.beginPath()
  context.roundRect(24, 50, 10, 18, 4)
  context.roundRect(86, 50, 10, 18, 4)
  context.fill()
  const shell = context.createLinearGradient(40, 30, 74, 90)
  shell.addColorStop(0, mix(skin, '#ffffff', 0.35))
  shell.addColorStop(0.5, skin)
  shell.addColorStop(1, mix(skin, dark, 0.8))
  context.fillStyle = shell
  context.beginPath()
  context.roundRect(29, 30, 62, 57, 20)
  context.fill()
}

function paintScreen(context: SKRSContext2D): void {
  const { left, top, width, height } = screen
  const glass = context.createLinearGradient(left, top, left + width, top + height)
  glass.addColorStop(0, '#343b47')
  glass.addColorStop(0.5, '#22262d')
  glass.addColorStop(1, '#1a1d23')
  context.fillStyle = glass
  context.beginPath()
  context.roundRect(left, top, width, height, 14)
  context.fill()
  context.fillStyle = clear('#ffffff', 0.07)
  context.beginPath()
  context.ellipse(47, 45, 8, 2.6, -0.25, 0, Math.PI * 2)
  context.fill()
}

function paintEyes(context: SKRSContext2D, { lids, manner }: Step): void {
  const aside = manner === 'thinking' ? 2 : 0
  const up = manner === 'thinking' ? -2 : manner === 'listening' ? 0.6 : 0
  const high = lids === 1 ? 1.8 : lids === 0.5 ? 5.5 : 11
  for (const centre of [49, 71]) {
    const x = centre + aside
    const y = 54.5 + up
    const halo = context.createRadialGradient(x, y, 1, x, y, 8.4)
    halo.addColorStop(0, clear(glow, 0.3))
    halo.addColorStop(1, clear(glow, 0))
    context.fillStyle = halo
    context.fillRect(x - 8.4, y - 8.4, 16.8, 16.8)
    context.fillStyle = glow
    context.beginPath()
    context.roundRect(x - 4, y - high / 2, 8, high, Math.min(4, high / 2))
    context.fill()
    if (lids > 0) continue
    context.fillStyle = clear('#ffffff', 0.85)
    context.beginPath()
    context.ellipse(x + 1.2, y - 2.8, 1.2, 1.5, 0, 0, Math.PI * 2)
    context.fill()
  }
}

/** A lit bar that opens; a line where nothing is said. */
function paintMouth(context: SKRSContext2D, { shape, open, manner }: Step): void {
  context.strokeStyle = glow
  context.fillStyle = glow
  context.lineWidth = 2.4
  context.beginPath()
  if (shape === 'pressed') {
    context.moveTo(54.5, 69)
    context.lineTo(65.5, 69)
    context.stroke()
  } else if (shape === 'teeth') {
    for (const left of [51.5, 56, 60.5, 65]) context.roundRect(left, 66.8 - open * 2, 3.5, 3.6 + open * 4, 1)
    context.fill()
  } else if (open === 0 && shape !== 'round') {
    if (manner === 'thinking' && shape === 'rest') {
      context.moveTo(56, 69)
      context.lineTo(64, 69)
    } else {
      const half = shape === 'wide' ? 9.5 : 7
      context.moveTo(60 - half, 67)
      context.quadraticCurveTo(60, shape === 'wide' ? 71 : 72, 60 + half, 67)
    }
    context.stroke()
  } else {
    const half = shape === 'wide' ? 10.5 : shape === 'round' ? 2.6 + open * 2.2 : 8
    const high = shape === 'wide' ? 2.4 + open * 5.4 : shape === 'round' ? 4.4 + open * 5.6 : 2.4 + open * 8
    context.roundRect(60 - half, 69 - high / 2, half * 2, high, Math.min(half, high / 2, 4.2))
    context.fill()
  }
}
