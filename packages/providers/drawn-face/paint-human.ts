import type { SKRSContext2D } from '@napi-rs/canvas'
import { clear, darker, mix } from './colour.ts'
import type { Look } from './look.ts'
import { paintBrows, paintEyes } from './paint-eyes.ts'
import { paintBackHair, paintHair } from './paint-hair.ts'
import { jawOf, paintMouth } from './paint-mouth.ts'
import type { Step } from './steps.ts'

/** Half the width of the widest part of a head, on the grid of 120. */
const widthOf = (look: Look): number => (look.head === 'round' ? 26.5 : 24)

/** Shoulders, neck, head and hair. */
export function paintHuman(context: SKRSContext2D, look: Look, step: Step): void {
  const listening = step.manner === 'listening'
  context.save()
  if (listening) lean(context)
  paintBackHair(context, look)
  context.restore()
  paintBody(context, look)
  context.save()
  if (listening) lean(context)
  paintHead(context, look, jawOf(step))
  paintHair(context, look)
  paintBrows(context, look, step.manner)
  paintEyes(context, step)
  paintNose(context, look)
  paintMouth(context, look, step)
  context.restore()
}

/** A head that listens leans a little, around its neck. */
function lean(context: SKRSContext2D): void {
  context.translate(60, 88)
  context.rotate((-3 * Math.PI) / 180)
  context.translate(-60, -88)
}

function paintBody(context: SKRSContext2D, { clothes, skin, shade }: Look): void {
  const cloth = context.createLinearGradient(30, 92, 90, 128)
  cloth.addColorStop(0, mix(clothes, '#ffffff', 0.14))
  cloth.addColorStop(0.55, clothes)
  cloth.addColorStop(1, mix(clothes, darker(clothes), 0.8))
  context.fillStyle = cloth
  context.beginPath()
  context.moveTo(8, 130)
  context.bezierCurveTo(9, 109, 24, 99.5, 45, 95.5)
  context.quadraticCurveTo(60, 101, 75, 95.5)
  context.bezierCurveTo(96, 99.5, 111, 109, 112, 130)
  context.fill()

  // The neck, and the shadow the chin casts on it.
  const throat = context.createLinearGradient(0, 80, 0, 101)
  throat.addColorStop(0, darker(shade))
  throat.addColorStop(0.55, shade)
  throat.addColorStop(1, mix(shade, skin, 0.55))
  context.fillStyle = throat
  context.beginPath()
  context.moveTo(50.5, 78)
  context.bezierCurveTo(51, 88, 50.5, 93, 45, 95.5)
  context.quadraticCurveTo(60, 109, 75, 95.5)
  context.bezierCurveTo(69.5, 93, 69, 88, 69.5, 78)
  context.fill()

  context.strokeStyle = darker(clothes)
  context.lineWidth = 2.6
  context.beginPath()
  context.moveTo(44, 96)
  context.quadraticCurveTo(60, 110.5, 76, 96)
  context.stroke()
  context.strokeStyle = clear(darker(clothes), 0.35)
  context.lineWidth = 1.1
  context.beginPath()
  context.moveTo(31, 116)
  context.quadraticCurveTo(33, 122, 32.5, 130)
  context.moveTo(89, 116)
  context.quadraticCurveTo(87, 122, 87.5, 130)
  context.stroke()
}

function paintHead(context: SKRSContext2D, look: Look, jaw: number): void {
  const { skin, shade } = look
  const wide = widthOf(look)
  for (const side of [-1, 1]) paintEar(context, look, 60 + side * (wide - 0.3), side)

  const lit = context.createRadialGradient(53, 48, 4, 58, 58, 36)
  lit.addColorStop(0, mix(skin, '#ffffff', 0.24))
  lit.addColorStop(0.55, skin)
  lit.addColorStop(1, mix(skin, shade, 0.62))
  context.fillStyle = lit
  traceHead(context, wide, look.head === 'round' ? 0.66 : 0.6, jaw)
  context.fill()

  for (const side of [-1, 1]) {
    const x = 60 + side * wide * 0.62
    const blush = context.createRadialGradient(x, 68.5, 0, x, 68.5, 7.5)
    blush.addColorStop(0, 'rgba(232,88,79,0.3)')
    blush.addColorStop(1, 'rgba(232,88,79,0)')
    context.fillStyle = blush
    context.beginPath()
    context.ellipse(x, 68.5, 7.5, 5.4, 0, 0, Math.PI * 2)
    context.fill()
  }
}

/** Only what lies below the cheeks moves with the jaw. */
function traceHead(context: SKRSContext2D, wide: number, fullness: number, jaw: number): void {
  const cheek = { x: (wide * (4 + 3 * fullness)) / 8, y: 77.3 }
  const chin = 86.6 + jaw
  const pull = 1 + jaw * 0.07
  context.beginPath()
  context.moveTo(60 - wide, 56)
  context.bezierCurveTo(60 - wide, 38, 60 - wide * 0.62, 27.5, 60, 27.5)
  context.bezierCurveTo(60 + wide * 0.62, 27.5, 60 + wide, 38, 60 + wide, 56)
  for (const side of [1, -1]) {
    const down = [
      [wide, 64],
      [(wide * (3 + fullness)) / 4, 71.65],
      [cheek.x, cheek.y],
      [cheek.x - ((wide * (2 - fullness)) / 8) * pull, cheek.y + 5.65 * pull],
      [(wide * fullness) / 2, chin],
      [0, chin],
    ] as const
    const [a, b, c, d, e, f] = side > 0 ? down : ([down[4], down[3], down[2], down[1], down[0], [wide, 56]] as const)
    context.bezierCurveTo(60 + side * a[0], a[1], 60 + side * b[0], b[1], 60 + side * c[0], c[1])
    context.bezierCurveTo(60 + side * d[0], d[1], 60 + side * e[0], e[1], 60 + side * f[0], f[1])
  }
}

function paintEar(context: SKRSContext2D, { skin, shade }: Look, x: number, side: number): void {
  context.fillStyle = mix(skin, shade, 0.75)
  context.beginPath()
  context.ellipse(x, 59.5, 4.8, 6.4, side * 0.16, 0, Math.PI * 2)
  context.fill()
  context.strokeStyle = clear(darker(shade), 0.55)
  context.lineWidth = 1
  context.beginPath()
  context.arc(x + side * 0.8, 59.4, 2.8, side > 0 ? -1.9 : Math.PI - 1.2, side > 0 ? 1.2 : Math.PI + 1.9)
  context.stroke()
}

function paintNose(context: SKRSContext2D, { skin, shade }: Look): void {
  context.strokeStyle = mix(shade, darker(shade), 0.35)
  context.lineWidth = 1.7
  context.beginPath()
  context.moveTo(57.6, 66.6)
  context.quadraticCurveTo(60, 68.6, 62.4, 66.6)
  context.stroke()
  const light = context.createLinearGradient(0, 56, 0, 65.5)
  light.addColorStop(0, clear(mix(skin, '#ffffff', 0.5), 0))
  light.addColorStop(1, clear(mix(skin, '#ffffff', 0.5), 0.6))
  context.strokeStyle = light
  context.lineWidth = 1.9
  context.beginPath()
  context.moveTo(59.6, 58)
  context.lineTo(59.6, 64.4)
  context.stroke()
}
