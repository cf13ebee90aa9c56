import type { Manner, Mouth, Pose } from '@parlor/conversation/room'

/** A pose that is drawn: one of about two hundred. */
export interface Step {
  shape: Mouth['shape']
  /** 0 to 1 in fifths. */
  open: number
  /** Open, half shut, shut. */
  lids: 0 | 0.5 | 1
  /** Who speaks holds the head as who rests, so that the picture stands still around the mouth. */
  manner: Exclude<Manner, 'speaking'>
}

const openings = 5

/** The drawn pose nearest to a pose. */
export function stepOf({ mouth, lids, manner }: Pose): Step {
  return {
    shape: mouth.shape,
    open: openingOf(mouth),
    lids: lids < 0.25 ? 0 : lids < 0.75 ? 0.5 : 1,
    manner: manner === 'speaking' ? 'idle' : manner,
  }
}

function openingOf({ shape, open }: Mouth): number {
  if (shape === 'pressed') return 0
  const nearest = Math.round(Math.min(1, Math.max(0, open)) * openings) / openings
  // Teeth on the lip leave little to open.
  return shape === 'teeth' ? Math.min(nearest, 1 / openings) : nearest
}

export const nameOfMouth = (step: Step): string => `${step.shape} ${step.open}`
export const nameOfStep = (step: Step): string => `${step.manner} ${step.lids} ${nameOfMouth(step)}`
