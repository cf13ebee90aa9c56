import type { SKRSContext2D } from '@napi-rs/canvas'
import { clear, darker, mix } from './colour.ts'
import type { Look } from './look.ts'
import { paintHuman } from './paint-human.ts'
import { paintRobot } from './paint-robot.ts'
import type { Step } from './steps.ts'

/** Width and height of every picture, in pixels. */
export const size = 512

/** Pixels; all even, as the planes of colour are half as wide and high. */
export interface Region {
  left: number
  top: number
  width: number
  height: number
}

export const wholePicture: Region = { left: 0, top: 0, width: size, height: size }

// The drawing is made on a grid of 120, as the widget's is, and brought nearer by this much.
const nearer = 1.16
const scale = (size / 120) * nearer
const middle = { x: 60, y: 62 }
const shown = { x: 60, y: 65.5 }

/** Paints one pose over whatever was there. */
export function paintFace(context: SKRSContext2D, look: Look, step: Step): void {
  context.save()
  paintBackdrop(context, look)
  context.setTransform(scale, 0, 0, scale, toPixels(0, 'x'), toPixels(0, 'y'))
  context.lineCap = 'round'
  context.lineJoin = 'round'
  if (look.head === 'robot') paintRobot(context, look, step)
  else paintHuman(context, look, step)
  context.restore()
}

/** Everything that changes with the mouth, the chin included. */
export function mouthRegion(look: Look, manner: Step['manner']): Region {
  const lean = manner === 'listening' ? 1 : 0
  if (look.head === 'robot') return regionOf(45, 62.5, 75 + lean, 75.5)
  return regionOf(38.5 - lean, 68.5, 81.5 + lean, 92)
}

/** Everything that changes with the lids. */
export function eyeRegion(look: Look, manner: Step['manner']): Region {
  const lean = manner === 'listening' ? 1 : 0
  if (look.head === 'robot') return regionOf(40, 45, 80, 62)
  return regionOf(42 - lean, 51.5 - lean, 79.5, 66.4)
}

function regionOf(left: number, top: number, right: number, bottom: number): Region {
  const even = (value: number) => Math.round(value / 2) * 2
  const at = { left: even(toPixels(left, 'x')), top: even(toPixels(top, 'y')) }
  return { ...at, width: even(toPixels(right, 'x')) - at.left, height: even(toPixels(bottom, 'y')) - at.top }
}

function toPixels(value: number, axis: 'x' | 'y'): number {
  return (value - middle[axis]) * scale + shown[axis] * (size / 120)
}

function paintBackdrop(context: SKRSContext2D, { background }: Look): void {
  const edge = mix(background, darker(background), 0.55)
  const wall = context.createLinearGradient(0, 0, 0, size)
  wall.addColorStop(0, background)
  wall.addColorStop(1, edge)
  context.fillStyle = wall
  context.fillRect(0, 0, size, size)
  const light = context.createRadialGradient(size * 0.36, size * 0.24, 0, size * 0.36, size * 0.24, size * 0.72)
  light.addColorStop(0, 'rgba(255,255,255,0.72)')
  light.addColorStop(1, 'rgba(255,255,255,0)')
  context.fillStyle = light
  context.fillRect(0, 0, size, size)
  // A soft disc behind the head keeps light hair and a light wall apart.
  const halo = context.createRadialGradient(size / 2, size * 0.47, size * 0.18, size / 2, size * 0.47, size * 0.44)
  halo.addColorStop(0, clear(edge, 0.75))
  halo.addColorStop(1, clear(edge, 0))
  context.fillStyle = halo
  context.fillRect(0, 0, size, size)
}
