import { darker } from './colour.ts'

/** A look with every gap filled; colours are `#rrggbb`. */
export interface Look {
  skin: string
  shade: string
  lips: string
  hair: string
  hairShape: 'short' | 'long' | 'bun' | 'none'
  clothes: string
  background: string
  head: 'round' | 'oval' | 'robot'
}

// The names and colours of the widget's face: whoever was met on a page is met again in a room. A test holds them together.
const skins: Record<string, string> = {
  porcelain: '#fbe3d3',
  light: '#f4cdb0',
  tan: '#dfa77f',
  olive: '#c48d63',
  brown: '#9a6240',
  dark: '#6b412c',
}
const hairs: Record<string, string> = {
  black: '#26211f',
  brown: '#4d3426',
  chestnut: '#7a4a2c',
  auburn: '#97472b',
  blonde: '#d3a55c',
  grey: '#8d8b89',
  white: '#e4e0da',
}
const clothes: Record<string, string> = {
  teal: '#0b6e62',
  navy: '#2c4668',
  coral: '#e0694f',
  plum: '#6b3f6e',
  sand: '#c9ad82',
  ink: '#2b2d36',
}
const backgrounds: Record<string, string> = {
  peach: '#ffdcc2',
  mint: '#c9ece0',
  sky: '#cfe3f7',
  lilac: '#e1d8f5',
  lemon: '#fbeab4',
  stone: '#e5e0d8',
}

/** The look of an avatar. What it leaves open is chosen by `name`, as the widget chooses, so that an agent always looks the same. */
export function lookOf(config: Readonly<Record<string, string>>): Look {
  const chance = hashOf(config.name ?? '')
  const skin = colourOf(config.skin, skins, chance)
  const shapes = ['short', 'long', 'bun'] as const
  return {
    skin,
    shade: darker(skin),
    lips: isDark(skin) ? '#e08c80' : '#9c3b3a',
    hair: colourOf(config.hair, hairs, chance >>> 3, 4),
    hairShape: isOneOf(config.hair_shape, [...shapes, 'none'] as const) ?? shapes[(chance >>> 6) % 3] ?? 'short',
    clothes: colourOf(config.clothes, clothes, chance >>> 9),
    background: colourOf(config.background, backgrounds, chance >>> 12),
    head: isOneOf(config.head, ['round', 'oval', 'robot'] as const) ?? (chance & 1 ? 'round' : 'oval'),
  }
}

/** A colour by its name in the palette or as `#rrggbb`; else one of the first `choices`. */
function colourOf(value: unknown, palette: Record<string, string>, chance: number, choices?: number): string {
  if (typeof value === 'string') {
    if (/^#[\da-f]{6}$/i.test(value)) return value.toLowerCase()
    const named = Object.hasOwn(palette, value.toLowerCase()) ? palette[value.toLowerCase()] : undefined
    if (named) return named
  }
  const colours = Object.values(palette).slice(0, choices)
  return colours[chance % colours.length] as string
}

function isOneOf<T extends string>(value: unknown, allowed: readonly T[]): T | undefined {
  return allowed.find((one) => one === value)
}

/** A fixed number for a text (FNV-1a), at least 0. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193)
  return hash >>> 0
}

function isDark(colour: string): boolean {
  return Number.parseInt(colour.slice(3, 5), 16) < 0x70
}
