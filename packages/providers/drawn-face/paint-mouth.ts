import type { SKRSContext2D } from '@napi-rs/canvas'
import { brightness, clear, darker, mix } from './colour.ts'
import type { Look } from './look.ts'
import type { Step } from './steps.ts'

const x = 60
const y = 74.6

/** How far the chin goes down with the mouth, on the grid of 120. */
export function jawOf({ shape, open }: Step): number {
  return shape === 'rest' ? open * 3 : shape === 'wide' ? open * 2.2 : shape === 'round' ? open * 2 : 0
}

export function paintMouth(context: SKRSContext2D, look: Look, step: Step): void {
  const { shape, open, manner } = step
  if (shape === 'pressed') paintPressed(context, look)
  else if (shape === 'teeth') paintTeeth(context, look, open)
  else if (shape === 'round') paintRound(context, look, open)
  else if (open > 0) paintOpen(context, look, step)
  else if (shape === 'wide') paintLine(context, look, { half: 9.4, bend: 2.6 })
  else if (manner === 'thinking') paintPonder(context, look)
  else paintLine(context, look, { half: 8, bend: 3.4 })
}

function paintLine(context: SKRSContext2D, look: Look, { half, bend }: { half: number; bend: number }): void {
  paintUnderLip(context, look, y + bend * 0.5 + 2.8)
  context.strokeStyle = look.lips
  context.lineWidth = 2.2
  context.beginPath()
  context.moveTo(x - half, y - bend * 0.32)
  context.quadraticCurveTo(x, y + bend * 1.55, x + half, y - bend * 0.32)
  context.stroke()
}

function paintPonder(context: SKRSContext2D, look: Look): void {
  paintUnderLip(context, look, y + 3.6)
  context.strokeStyle = look.lips
  context.lineWidth = 2.2
  context.beginPath()
  context.moveTo(x - 5, y + 0.9)
  context.quadraticCurveTo(x + 0.5, y + 1.3, x + 5.4, y - 0.7)
  context.stroke()
}

function paintUnderLip(context: SKRSContext2D, { shade }: Look, at: number): void {
  context.strokeStyle = clear(darker(shade), 0.35)
  context.lineWidth = 1.2
  context.beginPath()
  context.moveTo(x - 3, at)
  context.quadraticCurveTo(x, at + 0.9, x + 3, at)
  context.stroke()
}

/** Lips pressed together: narrow, drawn in, with the cheeks held. */
function paintPressed(context: SKRSContext2D, look: Look): void {
  paintUnderLip(context, look, y + 4.2)
  context.fillStyle = fullLip(look)
  context.beginPath()
  context.moveTo(x - 6.6, y + 0.7)
  context.bezierCurveTo(x - 3, y - 1.7, x - 1.2, y - 1.3, x, y - 0.8)
  context.bezierCurveTo(x + 1.2, y - 1.3, x + 3, y - 1.7, x + 6.6, y + 0.7)
  context.bezierCurveTo(x + 3, y + 3.3, x - 3, y + 3.3, x - 6.6, y + 0.7)
  context.fill()
  context.strokeStyle = darker(look.lips)
  context.lineWidth = 1.1
  context.beginPath()
  context.moveTo(x - 7, y + 0.6)
  context.quadraticCurveTo(x, y + 1.2, x + 7, y + 0.6)
  context.stroke()
}

/** The upper teeth on the lower lip. */
function paintTeeth(context: SKRSContext2D, look: Look, open: number): void {
  const high = 3 + open * 4
  paintUnderLip(context, look, y + high + 3.4)
  paintGap(context, look, { half: 7.4, corner: y - 0.3, dip: -1, high, over: 1.5, under: 2.4 }, () => {
    context.fillStyle = ivory
    context.beginPath()
    context.roundRect(x - 5.6, y - 3, 11.2, high + 2.1, 1.2)
    context.fill()
  })
}

/** Rounded lips, from a kiss to an oh. */
function paintRound(context: SKRSContext2D, look: Look, open: number): void {
  const wide = 2.3 + open * 2.5
  const high = 1.3 + open * 4.3
  const at = y + 1.2 + open * 2.2
  paintUnderLip(context, look, at + high + 3.2)
  const lips = context.createLinearGradient(0, at - high - 1.7, 0, at + high + 1.7)
  lips.addColorStop(0.3, look.lips)
  lips.addColorStop(0.7, fullLip(look))
  context.fillStyle = lips
  context.beginPath()
  context.ellipse(x, at, wide + 1.7, high + 1.7, 0, 0, Math.PI * 2)
  context.fill()
  context.fillStyle = cavity
  context.beginPath()
  context.ellipse(x, at, wide, high, 0, 0, Math.PI * 2)
  context.fill()
  if (open < 0.5) return
  context.save()
  context.clip()
  paintTongue(context, at + high + 3.4 - open * 2.4, wide * 0.85)
  context.restore()
}

/** An open mouth: teeth above, the tongue below, the corners up. */
function paintOpen(context: SKRSContext2D, look: Look, { shape, open }: Step): void {
  const wide = shape === 'wide'
  const half = wide ? 8.8 + open * 0.6 : 7.6 - open * 0.4
  const high = wide ? 1.5 + open * 5.6 : 1.7 + open * 8
  const gap = { half, high, corner: wide ? y - 1 : y - 0.5, dip: wide ? 0.4 : -0.4, over: 1.3, under: 1.9 }
  if (open < 0.7) paintUnderLip(context, look, y + high + 3.4)
  paintGap(context, look, gap, () => {
    paintTongue(context, y + high + 3.4 - open * 2.2, half * 0.64)
    context.fillStyle = ivory
    context.beginPath()
    context.roundRect(x - half * 0.84, y - 3, half * 1.68, 3.3 + Math.min(2, high * 0.28), 1.3)
    context.fill()
  })
}

interface Gap {
  half: number
  corner: number
  dip: number
  high: number
  /** How full the upper and the lower lip are. */
  over: number
  under: number
}

function paintGap(context: SKRSContext2D, look: Look, gap: Gap, paintInside: () => void): void {
  const { over, under } = gap
  context.fillStyle = fullLip(look)
  traceGap(context, { ...gap, high: gap.high + under, half: gap.half + 0.9 })
  context.fill()
  context.fillStyle = look.lips
  context.beginPath()
  context.moveTo(x - gap.half - 0.9, gap.corner)
  context.quadraticCurveTo(x - 3, y + gap.dip - over * 1.6, x, y + gap.dip - over * 0.7)
  context.quadraticCurveTo(x + 3, y + gap.dip - over * 1.6, x + gap.half + 0.9, gap.corner)
  context.quadraticCurveTo(x, y + gap.dip + 2, x - gap.half - 0.9, gap.corner)
  context.fill()
  context.fillStyle = cavity
  traceGap(context, gap)
  context.fill()
  context.save()
  context.clip()
  paintInside()
  context.restore()
}

function traceGap(context: SKRSContext2D, { half, corner, dip, high }: Gap): void {
  context.beginPath()
  context.moveTo(x - half, corner)
  context.quadraticCurveTo(x, y + dip, x + half, corner)
  context.bezierCurveTo(x + half * 0.88, y + high * 0.66, x + half * 0.5, y + high, x, y + high)
  context.bezierCurveTo(x - half * 0.5, y + high, x - half * 0.88, y + high * 0.66, x - half, corner)
  context.closePath()
}

function paintTongue(context: SKRSContext2D, bottom: number, half: number): void {
  context.fillStyle = '#d8676a'
  context.beginPath()
  context.ellipse(x, bottom, half, 3.6, 0, 0, Math.PI * 2)
  context.fill()
}

const cavity = '#541a22'
const ivory = '#fdfaf5'

/** The lower lip catches the light. */
function fullLip({ lips, skin }: Look): string {
  return mix(lips, skin, brightness(skin) > 120 ? 0.34 : 0.12)
}
