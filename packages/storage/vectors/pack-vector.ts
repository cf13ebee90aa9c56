/** What a signed byte reaches, both ways. */
const most = 127

/** A direction as one signed byte a number, of which the largest is 127 or -127: its length is not kept. */
export function packVector(vector: Float32Array): Uint8Array {
  const largest = vector.reduce((reach, one) => Math.max(reach, Math.abs(one)), 0)
  const scale = largest === 0 ? 0 : most / largest
  return new Uint8Array(Int8Array.from(vector, (one) => Math.round(one * scale)).buffer)
}

/** The same direction again, of length 1. */
export function unpackVector(bytes: Uint8Array): Float32Array {
  const vector = new Float32Array(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  let squares = 0
  for (const one of vector) squares += one * one
  const length = Math.sqrt(squares) || 1
  return vector.map((one) => one / length)
}
