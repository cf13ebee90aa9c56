import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Face, FaceMaker, Frame, Pose } from '@parlor/conversation/room'
import { type Look, lookOf } from './look.ts'
import { eyeRegion, mouthRegion, paintFace, type Region, size, wholePicture } from './paint-face.ts'
import { keepRecent, type Recent } from './recent.ts'
import { nameOfMouth, nameOfStep, type Step, stepOf } from './steps.ts'
import { layOver, toI420 } from './to-i420.ts'

/** Half of this holds whole frames, half the pieces they are put together from. */
const usualBytes = 32 * 1024 * 1024

export interface DrawnFaces extends FaceMaker {
  /** Bytes of pictures held. */
  bytes(): number
}

/**
 * Faces like the widget's, 512 pixels wide and high, in I420. All faces share one memory of at most `mostBytes`; ten sessions
 * of one look draw as much as one. `open` wants the avatar's name as `look.name`, where a look leaves anything to it.
 */
export function drawnFaces({ mostBytes = usualBytes }: { mostBytes?: number } = {}): DrawnFaces {
  const sizeOf = (frame: Frame) => frame.data.length
  const frames = keepRecent<Frame>(mostBytes / 2, sizeOf)
  const pieces = keepRecent<Frame>(mostBytes / 2, sizeOf)
  let opening: Promise<SKRSContext2D> | undefined
  return {
    open: async (config) => {
      // 30 MB of native code that a Parlor without rooms never loads.
      opening ??= openCanvas()
      return openFace(lookOf(config), { context: await opening, frames, pieces })
    },
    bytes: () => frames.bytes() + pieces.bytes(),
  }
}

async function openCanvas(): Promise<SKRSContext2D> {
  const { createCanvas } = await import('@napi-rs/canvas')
  return createCanvas(size, size).getContext('2d')
}

interface Studio {
  context: SKRSContext2D
  frames: Recent<Frame>
  pieces: Recent<Frame>
}

function openFace(look: Look, { context, frames, pieces }: Studio): Face {
  const name = JSON.stringify(look)
  const pieceOf = (part: string, region: Region, step: Step): Frame =>
    kept(pieces, `${name} ${part}`, () => drawPiece(context, look, step, region))

  /** What moves is laid over what stands still: a hundredth of the work of drawing it all. */
  const compose = (step: Step): Frame => {
    const { manner, lids } = step
    const still = pieceOf(manner, wholePicture, { manner, lids: 0, shape: 'rest', open: 0 })
    const mouth = mouthRegion(look, manner)
    const eyes = eyeRegion(look, manner)
    const frame: Frame = { ...still, data: still.data.slice() }
    layOver(frame, pieceOf(`${manner} ${nameOfMouth(step)}`, mouth, step), mouth.left, mouth.top)
    if (lids > 0) layOver(frame, pieceOf(`${manner} lids ${lids}`, eyes, step), eyes.left, eyes.top)
    return frame
  }

  return {
    size,
    draw: (pose: Pose) => {
      const step = stepOf(pose)
      return kept(frames, `${name} ${nameOfStep(step)}`, () => compose(step))
    },
  }
}

function kept(memory: Recent<Frame>, name: string, make: () => Frame): Frame {
  const known = memory.get(name)
  if (known) return known
  const made = make()
  memory.set(name, made)
  return made
}

// Edges are smoothed a little differently where a clip ends.
const margin = 8

function drawPiece(context: SKRSContext2D, look: Look, step: Step, { left, top, width, height }: Region): Frame {
  context.save()
  context.beginPath()
  context.rect(left - margin, top - margin, width + 2 * margin, height + 2 * margin)
  context.clip()
  paintFace(context, look, step)
  context.restore()
  return toI420(context.getImageData(left, top, width, height).data, width, height)
}
