import type { CanvasGradient, SKRSContext2D } from '@napi-rs/canvas'
import { brightness, clear, darker, mix } from './colour.ts'
import type { Look } from './look.ts'

/** What of the hair is seen behind head and shoulders. */
export function paintBackHair(context: SKRSContext2D, { hair, hairShape }: Look): void {
  if (hairShape === 'bun') {
    context.fillStyle = sheen(context, hair, 10, 34)
    context.beginPath()
    context.ellipse(60, 20.5, 11.5, 10.5, 0, 0, Math.PI * 2)
    context.fill()
    strand(context, hair, [
      [52.5, 21, 55, 13, 62.5, 13.5],
      [55.5, 23.5, 58, 17.5, 65, 18],
    ])
  }
  if (hairShape !== 'long') return
  const fall = context.createLinearGradient(0, 30, 0, 100)
  fall.addColorStop(0, darker(hair))
  fall.addColorStop(1, darker(darker(hair)))
  context.fillStyle = fall
  context.beginPath()
  context.moveTo(29, 58)
  context.bezierCurveTo(28, 35, 41, 22, 60, 22)
  context.bezierCurveTo(79, 22, 92, 35, 91, 58)
  context.bezierCurveTo(90.5, 72, 95.5, 82, 94.5, 93)
  context.bezierCurveTo(94, 101, 84, 103.5, 70, 101)
  context.lineTo(50, 101)
  context.bezierCurveTo(36, 103.5, 26, 101, 25.5, 93)
  context.bezierCurveTo(24.5, 82, 29.5, 72, 29, 58)
  context.fill()
}

/** What of the hair falls over the forehead. */
export function paintHair(context: SKRSContext2D, { hair, hairShape }: Look): void {
  if (hairShape === 'none') return
  context.save()
  context.shadowColor = 'rgba(60,30,20,0.22)'
  context.shadowBlur = 9
  context.shadowOffsetY = 4
  context.fillStyle = sheen(context, hair, 20, 62)
  context.beginPath()
  if (hairShape === 'short') traceShort(context)
  else traceParted(context)
  context.fill()
  context.restore()
  strand(context, hair, hairShape === 'short' ? shortStrands : partedStrands)
}

type Strand = readonly [number, number, number, number, number, number]

const shortStrands: readonly Strand[] = [
  [42, 36, 50, 27, 63, 27.5],
  [46.5, 39, 54, 32, 66, 33],
  [72, 29, 81, 33, 84.5, 43],
]
const partedStrands: readonly Strand[] = [
  [38, 46, 42, 33, 56, 29],
  [43.5, 47, 49, 39, 59, 33.5],
  [66, 30, 78, 33, 83, 47],
]

function traceShort(context: SKRSContext2D): void {
  context.moveTo(33.2, 59)
  context.bezierCurveTo(29.5, 36, 39, 21.5, 59, 21)
  context.bezierCurveTo(80, 20.5, 91.5, 34, 87, 59)
  context.bezierCurveTo(84, 54.5, 83, 49, 81, 44)
  context.bezierCurveTo(73, 45.5, 60, 43.5, 52, 36.5)
  context.bezierCurveTo(49, 43, 41.5, 44.5, 38.5, 49.5)
  context.bezierCurveTo(37, 52.5, 36, 56, 33.2, 59)
}

function traceParted(context: SKRSContext2D): void {
  context.moveTo(32, 64)
  context.bezierCurveTo(27.5, 37, 40, 22.5, 60, 22.5)
  context.bezierCurveTo(80, 22.5, 92.5, 37, 88, 64)
  context.bezierCurveTo(83.5, 58, 82, 51, 79.5, 44.5)
  context.bezierCurveTo(71.5, 43.5, 64, 39.5, 60.5, 33.5)
  context.bezierCurveTo(56.5, 40.5, 49, 44, 41, 46)
  context.bezierCurveTo(38.5, 52, 36.5, 58.5, 32, 64)
}

function sheen(context: SKRSContext2D, hair: string, top: number, bottom: number): CanvasGradient {
  const tone = context.createLinearGradient(44, top, 66, bottom)
  tone.addColorStop(0, mix(hair, '#ffffff', brightness(hair) > 150 ? 0.22 : 0.1))
  tone.addColorStop(0.45, hair)
  tone.addColorStop(1, mix(hair, darker(hair), 0.85))
  return tone
}

function strand(context: SKRSContext2D, hair: string, lines: readonly Strand[]): void {
  context.strokeStyle = clear(mix(hair, '#ffffff', 0.55), brightness(hair) > 150 ? 0.36 : 0.13)
  context.lineWidth = 1.3
  context.beginPath()
  for (const [x, y, bendX, bendY, endX, endY] of lines) {
    context.moveTo(x, y)
    context.quadraticCurveTo(bendX, bendY, endX, endY)
  }
  context.stroke()
}
