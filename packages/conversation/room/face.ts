/** What the avatar is doing, as it is told to whoever is in the room. */
export type Manner = 'idle' | 'listening' | 'thinking' | 'speaking'

/** A picture in planes Y, U and V (I420), its chroma at half the width and height. */
export interface Frame {
  data: Uint8Array
  width: number
  height: number
}

/** The mouth at one moment; the names are those of the widget's face. */
export interface Mouth {
  /** 0 closed to 1 wide open. */
  open: number
  /** What the lips do: at rest, spread (ee), rounded (oo), pressed together (m, b, p), teeth on lip (f, v). */
  shape: 'rest' | 'wide' | 'round' | 'pressed' | 'teeth'
}

/** How the face is at one moment. */
export interface Pose {
  mouth: Mouth
  manner: Manner
  /** 0 open to 1 shut. */
  lids: number
}

/** Draws one look. Two poses nobody could tell apart may be the same frame; a frame is never changed afterwards. */
export interface Face {
  /** Width and height, in pixels. */
  readonly size: number
  draw(pose: Pose): Frame
}

/** Opens the drawn face of an avatar's look (`Avatar.look`). */
export interface FaceMaker {
  open(look: Readonly<Record<string, string>>): Promise<Face>
}
