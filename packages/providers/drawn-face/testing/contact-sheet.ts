import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import type { Mouth } from '@parlor/conversation/room'
import { lookOf } from '../look.ts'
import { paintFace, size } from '../paint-face.ts'
import type { Step } from '../steps.ts'

type Look = Record<string, string>
type Cell = readonly [look: Look, step: Step]

const cell = 112
const shapes: readonly Mouth['shape'][] = ['rest', 'wide', 'round', 'pressed', 'teeth']
const openings = [0, 0.4, 1] as const
const human = { skin: 'light', hair: 'chestnut', hair_shape: 'long', clothes: 'teal', background: 'sky', head: 'oval' }
const robot = { skin: 'porcelain', clothes: 'coral', background: 'lilac', head: 'robot' }
const others: readonly Look[] = [
  { skin: 'dark', hair: 'black', hair_shape: 'bun', clothes: 'coral', background: 'mint', head: 'round' },
  { skin: 'tan', hair: 'black', hair_shape: 'short', clothes: 'navy', background: 'lemon', head: 'oval' },
  { skin: 'brown', hair: 'brown', hair_shape: 'long', clothes: 'plum', background: 'peach', head: 'round' },
  { skin: 'olive', hair: 'grey', hair_shape: 'none', clothes: 'ink', background: 'stone', head: 'round' },
  { skin: 'porcelain', hair: 'auburn', hair_shape: 'short', clothes: 'sand', background: 'lilac', head: 'oval' },
]

const idle: Step = { shape: 'rest', open: 0, lids: 0, manner: 'idle' }

/** At rest, listening, thinking, half shut and shut. */
const mannersOf = (look: Look): Cell[] => [
  [look, idle],
  [look, { ...idle, manner: 'listening' }],
  [look, { ...idle, manner: 'thinking' }],
  [look, { ...idle, lids: 0.5 }],
  [look, { ...idle, lids: 1 }],
]
const mouthsOf = (look: Look, open: number): Cell[] =>
  shapes.map((shape) => [look, { ...idle, shape, open: shape === 'teeth' ? Math.min(open, 0.2) : open }])

const rows: readonly (readonly Cell[])[] = [
  mannersOf(human),
  ...openings.map((open) => mouthsOf(human, open)),
  others.map((look): Cell => [look, idle]),
  mouthsOf(robot, 0.6),
]

/** A page with every manner, every shape of the mouth at three openings and some looks, as PNG. */
export function drawContactSheet(): Buffer {
  const sheet = createCanvas(shapes.length * cell, rows.length * cell)
  const face = createCanvas(size, size)
  const page = sheet.getContext('2d')
  page.imageSmoothingQuality = 'high'
  for (const [row, cells] of rows.entries())
    for (const [column, [look, step]] of cells.entries()) {
      paintFace(face.getContext('2d'), lookOf(look), step)
      page.drawImage(face, column * cell, row * cell, cell, cell)
    }
  return sheet.toBuffer('image/png')
}

export const contactSheet = join(import.meta.dirname, '../../../../docs/pictures/drawn-face.png')

if (import.meta.main) {
  await mkdir(dirname(contactSheet), { recursive: true })
  await writeFile(contactSheet, drawContactSheet())
}
