import type { SKRSContext2D } from '@napi-rs/canvas'
import { brightness, darker, mix } from './colour.ts'
import type { Look } from './look.ts'
import type { Step } from './steps.ts'

const ink = '#2a1d19'
const places = [
  { x: 49.3, side: -1 },
  { x: 70.7, side: 1 },
] as const

/** Where the eyes go: up and aside to ponder, a little down to whoever speaks. */
const gazes: Record<Step['manner'], { x: number; y: number }> = {
  idle: { x: 0, y: 0 },
  listening: { x: 0.3, y: 0.7 },
  thinking: { x: 1.9, y: -1.9 },
}

export function paintEyes(context: SKRSContext2D, { lids, manner }: Step): void {
  const gaze = gazes[manner]
  for (const { x, side } of places) {
    if (lids === 1) paintShut(context, x, side)
    else paintEye(context, { x: x + gaze.x, y: 58.8 + gaze.y, side, lids })
  }
}

interface Eye {
  x: number
  y: number
  side: number
  lids: number
}

function paintEye(context: SKRSContext2D, { x, y, side, lids }: Eye): void {
  const wide = 3.7
  const high = 4.6
  const lid = y - high + lids * high * 1.25
  context.save()
  context.beginPath()
  context.rect(x - 6, lid, 12, 12)
  context.clip()
  const iris = context.createRadialGradient(x, y + 2.6, 0.4, x, y, high)
  iris.addColorStop(0, '#7a4a33')
  iris.addColorStop(0.55, '#3a251d')
  iris.addColorStop(1, '#1c1413')
  context.fillStyle = iris
  context.beginPath()
  context.ellipse(x, y, wide, high, 0, 0, Math.PI * 2)
  context.fill()
  context.fillStyle = '#fff'
  context.beginPath()
  context.arc(x + 1.25, y - 1.7, 1.3, 0, Math.PI * 2)
  context.fill()
  context.fillStyle = 'rgba(255,255,255,0.55)'
  context.beginPath()
  context.arc(x - 1.2, y + 2, 0.65, 0, Math.PI * 2)
  context.fill()
  context.restore()

  // The upper lid, a little longer on the outside.
  const reach = lids > 0 ? 4.3 : 4
  const rise = lids > 0 ? 0.7 : 2.2
  context.strokeStyle = ink
  context.lineWidth = 1.5
  context.beginPath()
  context.moveTo(x - side * (reach - 0.6), lid + rise)
  context.quadraticCurveTo(x, lid - rise * 0.75, x + side * (reach + 0.7), lid + rise * 0.75)
  context.stroke()
}

function paintShut(context: SKRSContext2D, x: number, side: number): void {
  context.strokeStyle = ink
  context.lineWidth = 1.7
  context.beginPath()
  context.moveTo(x - side * 4, 60)
  context.quadraticCurveTo(x, 63.4, x + side * 4.6, 59.6)
  context.stroke()
}

/** Raised a little to listen; one of them to ponder. */
export function paintBrows(context: SKRSContext2D, { hair, skin }: Look, manner: Step['manner']): void {
  const near = Math.abs(brightness(hair) - brightness(skin)) < 45
  context.strokeStyle = near ? mix(darker(darker(hair)), '#3a2a22', 0.45) : darker(hair)
  context.lineWidth = 2.3
  for (const { x, side } of places) {
    const raised = manner === 'listening' ? 1.4 : manner === 'thinking' ? (side > 0 ? 2.4 : -0.5) : 0
    context.beginPath()
    context.moveTo(x - side * 4.6, 50.3 - raised)
    context.quadraticCurveTo(x + side * 0.8, 47.3 - raised * 1.3, x + side * 5.2, 50.4 - raised)
    context.stroke()
  }
}
