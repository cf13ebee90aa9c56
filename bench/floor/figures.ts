/** Minimum, median and maximum, as every figure here is given. */
export interface Spread {
  min: number
  median: number
  max: number
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (part: number) => sorted[Math.round((sorted.length - 1) * part)] ?? Number.NaN
  return { min: at(0), median: at(0.5), max: at(1) }
}

export function formatSpread({ min, median, max }: Spread, digits = 0): string {
  return [min, median, max].map((value) => value.toFixed(digits)).join(' / ')
}
