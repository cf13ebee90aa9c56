/** The colour in shadow: a fifth darker, a little warmer; `#rrggbb` in and out. */
export function darker(colour: string): string {
  return withParts(colour, (part, at) => part * (at === 0 ? 0.86 : at === 1 ? 0.78 : 0.76))
}

/** From `one` (0) to `other` (1); all `#rrggbb`. */
export function mix(one: string, other: string, share: number): string {
  const parts = partsOf(other)
  return withParts(one, (part, at) => part + ((parts[at] ?? part) - part) * share)
}

/** The colour, seen through: `alpha` from 0 to 1. */
export function clear(colour: string, alpha: number): string {
  return `rgba(${partsOf(colour).join(',')},${alpha})`
}

/** How bright it seems, 0 to 255. */
export function brightness(colour: string): number {
  const [red = 0, green = 0, blue = 0] = partsOf(colour)
  return 0.299 * red + 0.587 * green + 0.114 * blue
}

function withParts(colour: string, change: (part: number, at: number) => number): string {
  const parts = partsOf(colour).map((part, at) => Math.round(Math.min(255, Math.max(0, change(part, at)))))
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

function partsOf(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
}
