/** The mean of many vectors and the directions in which they differ most, each of length 1. */
export interface Axes {
  mean: Float64Array
  directions: Float64Array[]
}

const rounds = 8

/** The first `count` principal axes of `vectors`, by subspace iteration over every sixth of them. */
export function principalAxes(vectors: readonly Float32Array[], count: number): Axes {
  const length = vectors[0]?.length ?? 0
  const mean = new Float64Array(length)
  for (const vector of vectors) for (let i = 0; i < length; i++) mean[i] = at(mean, i) + at(vector, i) / vectors.length
  const sample = vectors.filter((_, i) => i % 6 === 0).map((vector) => vector.map((one, i) => one - at(mean, i)))
  let directions: Float64Array[] = Array.from({ length: count }, (_, k) =>
    Float64Array.from({ length }, (_, i) => Math.sin((i + 1.1) * (k + 1.37) * 12.9898)),
  )
  for (let round = 0; round <= rounds; round++) {
    orthonormalise(directions)
    if (round < rounds) directions = directions.map((direction) => applyScatter(sample, direction))
  }
  return { mean, directions }
}

/** A vector in the space of the axes, of length 1. */
export function project(vector: Float32Array, { mean, directions }: Axes): Float64Array {
  const centred = vector.map((one, i) => one - at(mean, i))
  const placed = Float64Array.from(directions, (direction) => dot(centred, direction))
  const length = Math.hypot(...placed) || 1
  return placed.map((one) => one / length)
}

function applyScatter(sample: readonly Float32Array[], direction: Float64Array): Float64Array {
  const sum = new Float64Array(direction.length)
  for (const vector of sample) addTimes(sum, vector, dot(vector, direction))
  return sum
}

function orthonormalise(directions: readonly Float64Array[]): void {
  for (const [k, direction] of directions.entries()) {
    for (const earlier of directions.slice(0, k)) addTimes(direction, earlier, -dot(direction, earlier))
    const length = Math.sqrt(dot(direction, direction))
    for (let i = 0; i < direction.length; i++) direction[i] = at(direction, i) / length
  }
}

type Numbers = Float32Array | Float64Array

function dot(a: Numbers, b: Numbers): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += at(a, i) * at(b, i)
  return sum
}

function addTimes(sum: Float64Array, vector: Numbers, times: number): void {
  for (let i = 0; i < sum.length; i++) sum[i] = at(sum, i) + times * at(vector, i)
}

function at(numbers: Numbers, i: number): number {
  return numbers[i] as number
}
